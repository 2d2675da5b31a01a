import { allowanceAttribute, allowanceIn, openedAllowance } from "../../../shared/adapters/dynamo/allowance-item.ts";
import type { Item } from "../../dst/aws/attribute-values.ts";
import { noonMs } from "../../support/builders.ts";
import { CountingChance } from "../../support/fakes/counting-chance.ts";
import { type Benchmark, check, type Findings } from "../benchmark.ts";
import { round } from "../statistics.ts";
import { VirtualClock } from "../virtual-clock.ts";
import { HotTable } from "./hot-table.ts";
import { Load, workers } from "./load.ts";
import { ourWorker, textbookWorker } from "./workers.ts";

export const benchmark: Benchmark = {
  what: "5,000 messages a second on one allowance that takes 1,000 writes a second, 50 workers, virtual time",
  size: 100_000,
  bars: [
    { figure: "messagesPerSecond", atLeast: 4_900 },
    { figure: "throttlesPerThousand", atMost: 1 },
    { figure: "leakFraction", atMost: 0.001 },
    { figure: "overAllowance", atMost: 0 },
  ],
  run: compare,
};

async function compare(messages: number): Promise<Findings> {
  // Spent before the end, so that the last units are fought over.
  const limit = messages * 0.8;
  const chance = new CountingChance();
  const ours = await underLoad({ messages, limit, counter: ourCounter(limit) }, (load, table) =>
    ourWorker(load, table, chance),
  );
  const peer = await underLoad({ messages, limit, counter: textbookCounter }, (load, table) =>
    textbookWorker(load, table, limit),
  );
  const ratio = { messagesPerSecond: round(ours.messagesPerSecond / peer.messagesPerSecond) };
  return { ours, peer, ratio, rounds: 1 };
}

type Worker = (load: Load, table: HotTable) => Promise<void>;

/** An item as it is at first, and where it has what is used. */
interface Counter {
  readonly item: Item;
  usedOf(item: Item): number;
}

function ourCounter(limit: number): Counter {
  return {
    item: { [allowanceAttribute("gmail")]: openedAllowance(limit, {}) },
    usedOf: (item) => allowanceIn(item, "gmail")?.used ?? 0,
  };
}

const textbookCounter: Counter = { item: { used: { N: "0" } }, usedOf: (item) => Number(item.used?.N) };

async function underLoad(
  { messages, limit, counter }: { readonly messages: number; readonly limit: number; readonly counter: Counter },
  worker: Worker,
) {
  const clock = new VirtualClock(noonMs);
  const table = new HotTable(clock, counter.item);
  const load = new Load(clock, messages);
  await clock.run(Promise.all(Array.from({ length: workers }, () => worker(load, table))));
  const sent = load.sentAtMs.size;
  check(load.repeats === 0, `${load.repeats} messages were sent twice`);
  const used = counter.usedOf(table.item);
  return {
    messagesPerSecond: round(load.sentPerSecond),
    throttlesPerThousand: round((table.throttles * 1000) / sent),
    /** Units used and not sent, of all used. */
    leakFraction: round((used - sent) / used),
    overAllowance: Math.max(0, sent - limit),
    writesPerMessage: round(table.writes / sent),
  };
}
