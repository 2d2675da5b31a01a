import { type CopyTimes, isTooOld, mustLookUp } from "../../domain/sending/id-life.ts";
import type { Outcome } from "../../domain/sending/outcome.ts";
import { utcDay } from "../../domain/utc-day.ts";
import { inParallel } from "../in-parallel.ts";
import { admit } from "./admit.ts";
import { chooseRoutes, type RouteChoice } from "./choose-routes.ts";
import { claimMessage } from "./claim-message.ts";
import type { Batch, DispatchPorts, DispatchRecord, DispatchSettings } from "./dispatch-ports.ts";
import { fitRate } from "./fit-rate.ts";
import { keepWithoutRoute } from "./hold.ts";
import { byTime, keepForTime } from "./keep-for-time.ts";
import { learnStops, wasSilent } from "./learn-stops.ts";
import { Outcomes } from "./outcomes.ts";
import { parkStopped } from "./park-stopped.ts";
import { quarantine, tooOld } from "./quarantine.ts";
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
  const { due, others } = byTime(dispatch.batch, await admitAll(dispatch, first));
  const living = await refuseDead(ports, dispatch.batch, outcomes, due);
  const { fresh, waiting } = byLookUp(dispatch.batch, living);
  const stops = await readStops(ports, living);
  const going = await parkStopped(dispatch, stops, fresh);
  const fitting = [...others, ...waiting, ...(await fitRate(dispatch, going))];
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
    const refused = isTooOld(copyTimes(record), batch.nowMs) ? tooOld : "refused" in found ? found.refused : undefined;
    if (refused !== undefined) await outcomes.settle(record, () => quarantine(ports, record, refused));
    else if (!("refused" in found)) admitted.push(found);
  });
  return admitted;
}

function copyTimes({ enqueuedAtMs, claimedAtMs, message }: DispatchRecord): CopyTimes {
  return { enqueuedAtMs, claimedAtMs, sendAfterMs: message.sendAfter };
}

/** Mail that has waited so long that its id has to be looked up before it waits on. */
function byLookUp({ nowMs }: Batch, admitted: readonly Admitted[]): { fresh: Admitted[]; waiting: Admitted[] } {
  const mustLook = ({ record }: Admitted): boolean => mustLookUp(copyTimes(record), nowMs);
  return { fresh: admitted.filter((work) => !mustLook(work)), waiting: admitted.filter(mustLook) };
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
  const { due, others } = byTime(batch, claimed);
  let choice: RouteChoice = { routed: [], full: [], unanswered: [], unspent: [] };
  let sent: SentBatch = { results: new Map(), heard: { unanswered: 0, answered: false } };
  try {
    const undecided = due.map((work) => ({ work, search: searchRoute(dispatch, stops, work) }));
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
    ...others.map((work): [Claimed, () => Promise<Outcome>] => [work, () => keepForTime(dispatch, work)]),
    ...choice.full.map((each): [Claimed, () => Promise<Outcome>] => [
      each.work,
      () => keepWithoutRoute(dispatch, each),
    ]),
    ...choice.unanswered.map((work): [Claimed, () => Promise<Outcome>] => [work, async () => reservationUnknown]),
  ];
  await inParallel(endings, storeConcurrency, ([{ record }, decide]) => outcomes.settle(record, decide));
}

const reservationUnknown: Outcome = { kind: "again", because: "reservation-unknown", delaySeconds: 2 };

/** Reserved units of mail that SES provably did not take. An unknown answer keeps its units: SES may have sent it. */
function unsent(results: ReadonlyMap<Routed, SendResult>): Unspent[] {
  return [...results]
    .filter(([, { kind }]) => kind !== "accepted" && kind !== "unknown")
    .flatMap(([{ reserved }]) => reserved);
}
