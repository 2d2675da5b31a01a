import type { DispatchPorts, DispatchRecord } from "../../../shared/app/dispatch/dispatch-ports.ts";
import { RecentCircuits } from "../../../shared/app/dispatch/recent-circuits.ts";
import { SendPace } from "../../../shared/app/dispatch/send-pace.ts";
import type { Outcome } from "../../../shared/domain/sending/outcome.ts";
import type { Circuits } from "../../../shared/ports/circuits.ts";
import type { SendRates } from "../../../shared/ports/send-rates.ts";
import { aRecord } from "../../support/builders.ts";
import { TestDispatcher } from "../../support/dispatcher.ts";
import type { CountingChance } from "../../support/fakes/counting-chance.ts";
import type { VirtualClock } from "../virtual-clock.ts";
import type { Account } from "./account.ts";
import type { Backlog, Delivery } from "./backlog.ts";

/** Time of one table call, ms. */
const tableMs = 5;

/** Time a function may take, and what one call to SES may, ms; as the stack sets them. */
const runMs = 30_000;
const sendTimeoutMs = 10_000;

export interface Deployment {
  readonly clock: VirtualClock;
  readonly account: Account;
  readonly backlog: Backlog;
  readonly chance: CountingChance;
  readonly rates: SendRates;
  readonly circuits: Circuits;
  /** Environments it may have at once. */
  readonly most: number;
  readonly batchSize: number;
}

const record = aRecord();

function recordOf({ message, receives }: Delivery): DispatchRecord {
  const id = String(message);
  return { ...record, recordId: id, body: id, message: { ...record.message, id }, receives };
}

/** One environment with the production use case and its pacing; stores are in memory and take their time. */
export async function ourEnvironment(deployment: Deployment): Promise<void> {
  const { clock, account, backlog, batchSize } = deployment;
  const dispatcher = new TestDispatcher({ pool: undefined });
  dispatcher.settings = { ...dispatcher.settings, sendTimeoutMs, sendConcurrency: batchSize };
  const parked = new Map<string, number>();
  dispatcher.instead = portsOf(deployment, dispatcher, parked);
  while (!account.isOver) {
    const batch = await backlog.receive(batchSize);
    const outcomes = await dispatcher.dispatchUntil(clock.nowMs() + runMs, ...batch.map(recordOf));
    for (const [index, delivery] of batch.entries()) end(backlog, delivery, outcomes[index], parked);
  }
}

function end(
  backlog: Backlog,
  delivery: Delivery,
  outcome: Outcome | undefined,
  parked: ReadonlyMap<string, number>,
): void {
  if (outcome?.kind === "sent") backlog.deleted();
  else if (outcome?.kind === "again") {
    const seconds = outcome.delaySeconds * 2 ** (delivery.receives - 1);
    backlog.returned(delivery, seconds * 1000, delivery.receives);
  } else if (outcome?.kind === "parked") {
    backlog.returned(delivery, (parked.get(String(delivery.message)) ?? 0) * 1000, 0);
  } else throw new Error(`message ${delivery.message} ended as ${outcome?.kind}`);
}

/** @param parked - takes the delays of parked mail by id, seconds */
function portsOf(
  { clock, account, chance, rates, circuits, most }: Deployment,
  { claims, receipts, log }: TestDispatcher,
  parked: Map<string, number>,
): Partial<DispatchPorts> {
  const { wait } = clock;
  const late = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => wait(tableMs).then(call);
  const recent = new RecentCircuits({
    circuits: {
      read: () => late(() => circuits.read()),
      open: (...given) => late(() => circuits.open(...given)),
      move: (...given) => late(() => circuits.move(...given)),
      countUnanswered: (...given) => late(() => circuits.countUnanswered(...given)),
    },
    clock,
    log,
  });
  const lateRates = { count: (period: number) => late(() => rates.count(period)) };
  return {
    clock,
    chance,
    circuits: recent,
    pace: new SendPace({ clock, wait, rates: lateRates, circuits: recent, log }, most),
    claims: {
      claim: (...given) => late(() => claims.claim(...given)),
      takeOver: (...given) => late(() => claims.takeOver(...given)),
    },
    receipts: {
      put: (receipt) => late(() => receipts.put(receipt)),
      get: (...given) => late(() => receipts.get(...given)),
    },
    parking: { park: async ({ body: id }, delaySeconds) => void parked.set(id, delaySeconds) },
    sender: {
      send: async (_route, _email, tags) => ({ kind: await account.send(Number(tags["sw-message"])) }),
    },
  };
}
