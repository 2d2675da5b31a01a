import { claimLifeMs } from "../../domain/sending/claim.ts";
import type { Outcome } from "../../domain/sending/outcome.ts";
import { dayMs, utcDay } from "../../domain/utc-day.ts";
import { inParallel } from "../in-parallel.ts";
import { admit } from "./admit.ts";
import { chooseRoutes, type RouteChoice } from "./choose-routes.ts";
import { claimMessage } from "./claim-message.ts";
import type { Batch, DispatchPorts, DispatchRecord, DispatchSettings } from "./dispatch-ports.ts";
import { fitRate } from "./fit-rate.ts";
import { holdForTime, keepWithoutRoute } from "./hold.ts";
import { learnStops, wasSilent } from "./learn-stops.ts";
import { Outcomes } from "./outcomes.ts";
import { parkStopped } from "./park-stopped.ts";
import { quarantine, tooLate } from "./quarantine.ts";
import { writeReceipt } from "./receipt.ts";
import { refuseDead } from "./refuse-dead.ts";
import { type SendResult, type SentBatch, sendRouted } from "./send-routed.ts";
import { settleSent } from "./settle-sent.ts";
import { readStops, type Stops, searchRoute } from "./stops.ts";
import { releaseUnspent, type Unspent } from "./unspent.ts";
import type { Admitted, Claimed, Dispatch, Routed } from "./work.ts";

/** What a claim's deadline adds to the function's own: clocks may differ by up to 5 s on each side, ms. */
const clockSlackMs = 10_000;

/** Time kept free at the end of an invocation for receipt and answer, ms. */
const receiptTimeMs = 3_000;

/**
 * Mail that was enqueued longer ago is not sent: what is known of its id may be forgotten (claims are kept for 28 days,
 * dead letters can be redriven). A day's margin, ms.
 */
const oldestMs = claimLifeMs - dayMs;

/** Store calls of one batch open at once. */
const storeConcurrency = 25;

/**
 * Works one batch of the send queue: admit, refuse the dead, claim, reserve, send, receipt; each record ends in exactly one outcome.
 * @param deadlineMs - when the function will be ended, epoch ms
 * @returns outcome by record id; only `again` goes back to the queue
 */
export async function dispatchBatch(
  ports: DispatchPorts,
  settings: DispatchSettings,
  records: readonly DispatchRecord[],
  deadlineMs: number,
): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Outcomes(ports.log);
  const dispatch = { ports, settings, batch: openBatch(ports, settings, deadlineMs), outcomes };
  const { first, repeats } = byBusinessId(records);
  const admitted = await admitAll(dispatch, first);
  const living = await refuseDead(ports, dispatch.batch, outcomes, admitted);
  const stops = await readStops(ports, living);
  const going = await parkStopped(dispatch, stops, living);
  const fitting = await fitRate(dispatch, going);
  const claimed = await claimAll(dispatch, fitting);
  // A claim that failed may have been written: the receipt then says that nothing was sent under it.
  if (claimed.length > 0 || fitting.some(({ record }) => outcomes.failed(record))) {
    await sendClaimed(dispatch, stops, claimed);
  }
  for (const [repeat, original] of repeats) outcomes.mirror(repeat, original);
  return new Map(records.map((record) => [record.recordId, outcomes.of(record)]));
}

function openBatch({ clock, chance }: DispatchPorts, settings: DispatchSettings, deadlineMs: number): Batch {
  const nowMs = clock.nowMs();
  return {
    id: chance.id(),
    nowMs,
    day: utcDay(nowMs),
    sendUntilMs: deadlineMs - settings.sendTimeoutMs - receiptTimeMs,
    claimDeadlineMs: deadlineMs + clockSlackMs,
  };
}

/** The same message twice in one batch is worked once; other content under the same id is worked, and then refused. */
function byBusinessId(records: readonly DispatchRecord[]): {
  first: DispatchRecord[];
  repeats: Map<DispatchRecord, DispatchRecord>;
} {
  const seen = new Map<string, DispatchRecord>();
  const repeats = new Map<DispatchRecord, DispatchRecord>();
  const first = records.filter((record) => {
    const original = seen.get(record.message.id);
    if (original?.fingerprint === record.fingerprint) repeats.set(record, original);
    else if (original === undefined) seen.set(record.message.id, record);
    return original?.fingerprint !== record.fingerprint;
  });
  return { first, repeats };
}

async function admitAll(dispatch: Dispatch, records: readonly DispatchRecord[]): Promise<Admitted[]> {
  const { ports, settings, batch, outcomes } = dispatch;
  const admitted: Admitted[] = [];
  await inParallel([...records.entries()], storeConcurrency, async ([position, record]) => {
    const found = admit(settings, record, position);
    const { sendAfter = 0 } = record.message;
    if (record.enqueuedAtMs < batch.nowMs - oldestMs)
      await outcomes.settle(record, () => quarantine(ports, record, tooOld));
    else if ("refused" in found) await outcomes.settle(record, () => quarantine(ports, record, found.refused));
    else if (sendAfter > batch.nowMs) await outcomes.settle(record, () => holdForTime(dispatch, found, sendAfter));
    else admitted.push(found);
  });
  return admitted;
}

async function claimAll({ ports, batch, outcomes }: Dispatch, admitted: readonly Admitted[]): Promise<Claimed[]> {
  const claimed: Claimed[] = [];
  await inParallel(admitted, storeConcurrency, async (each) => {
    const { record } = each;
    await outcomes.settle(record, async () => {
      const step = await claimMessage(ports, batch, each);
      switch (step.kind) {
        case "claimed":
          claimed.push(step.work);
          return undefined;
        case "settled":
          return step.outcome;
        case "quarantine":
          return quarantine(ports, record, step.reason);
        case "park":
          await ports.parking.park(record, step.delaySeconds);
          return { kind: "parked", because: step.because };
        default:
          return step satisfies never;
      }
    });
  });
  return claimed.sort((one, other) => one.position - other.position);
}

/** Everything between claim and receipt. The receipt is written whatever happens, once no call is left running. */
async function sendClaimed(dispatch: Dispatch, stops: Stops, claimed: readonly Claimed[]): Promise<void> {
  const { ports, settings, batch, outcomes } = dispatch;
  const { inTime, late } = byTime(batch, claimed);
  let choice: RouteChoice = { routed: [], full: [], unanswered: [], unspent: [] };
  let sent: SentBatch = { results: new Map(), heard: { unanswered: 0, answered: false } };
  try {
    const undecided = inTime.map((work) => ({ work, search: searchRoute(dispatch, stops, work) }));
    choice = await chooseRoutes(ports, batch, undecided);
    sent = await sendRouted(ports, settings, batch, choice.routed);
  } finally {
    await writeReceipt(ports, batch, sent.results, wasSilent(ports, stops.probe, sent));
  }
  const { results } = sent;
  await learnStops(ports, stops.probe, sent);
  await releaseUnspent(ports, [...choice.unspent, ...unsent(results)]);
  // What is held, parked or quarantined comes last: it must not cost the mail that is sent its time.
  const endings: [Claimed, () => Promise<Outcome>][] = [
    ...[...results].map(([mail, result]): [Claimed, () => Promise<Outcome>] => [
      mail,
      () => settleSent(ports, batch, mail, result),
    ]),
    ...late.map((work): [Claimed, () => Promise<Outcome>] => [work, () => quarantine(ports, work.record, tooLate)]),
    ...choice.full.map((each): [Claimed, () => Promise<Outcome>] => [
      each.work,
      () => keepWithoutRoute(dispatch, each),
    ]),
    ...choice.unanswered.map((work): [Claimed, () => Promise<Outcome>] => [work, async () => reservationUnknown]),
  ];
  await inParallel(endings, storeConcurrency, ([{ record }, decide]) => outcomes.settle(record, decide));
}

function byTime({ nowMs }: Batch, claimed: readonly Claimed[]): { inTime: Claimed[]; late: Claimed[] } {
  const isLate = ({ record }: Claimed): boolean => (record.message.sendBefore ?? Number.POSITIVE_INFINITY) <= nowMs;
  return { inTime: claimed.filter((work) => !isLate(work)), late: claimed.filter(isLate) };
}

const reservationUnknown: Outcome = { kind: "again", because: "reservation-unknown", delaySeconds: 2 };

const tooOld = {
  code: "too-old",
  sentence:
    "It was enqueued more than 27 days ago, and nobody knows any more whether it was sent: send it again under a new id if it still matters.",
} as const;

/** Reserved units of mail that SES provably did not take. An unknown answer keeps its units: SES may have sent it. */
function unsent(results: ReadonlyMap<Routed, SendResult>): Unspent[] {
  return [...results]
    .filter(([, { kind }]) => kind !== "accepted" && kind !== "unknown")
    .flatMap(([{ reserved }]) => reserved);
}
