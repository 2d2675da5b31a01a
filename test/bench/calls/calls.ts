import { noonMs } from "../../support/builders.ts";
import { ManualClock } from "../../support/fakes/manual-clock.ts";
import { type Benchmark, check, type Findings } from "../benchmark.ts";
import { mixedProviders, twoProviders } from "../mail.ts";
import { round } from "../statistics.ts";
import type { CostPerMessage } from "./call-ledger.ts";
import { type Counted, countOurs, countTextbook } from "./count.ts";
import { startEngines } from "./engines.ts";

/** Streams ask for random samples by default; without them every message stands before the warming route first. */
const noSamples = { referenceShare: 0 };

export const benchmark: Benchmark = {
  what: "AWS calls and DynamoDB write units per message, counted; SQS receive and delete left out for both",
  size: 10_000,
  bars: [
    { figure: "two.callsPerMessage", atMost: 2.3 },
    { figure: "two.writeUnitsPerMessage", atMost: 1.3 },
    { figure: "mixed.callsPerMessage", atMost: 2.45 },
    { figure: "mixed.writeUnitsPerMessage", atMost: 1.45 },
    { figure: "batch25.callsPerMessage", atMost: 2.25 },
    { figure: "batch25.writeUnitsPerMessage", atMost: 1.25 },
  ],
  run: countAll,
};

async function countAll(messages: number): Promise<Findings> {
  const clock = new ManualClock(noonMs);
  // The dispatcher's clock; what the clock of a machine says would change what is read again.
  Date.now = () => clock.nowMs();
  const engines = await startEngines(clock);
  const few = Math.ceil(messages / 5);
  const ours = async (prefix: string, count: number, how: Pick<Counted, "batchSize" | "domainOf" | "stream">) =>
    (await countOurs(engines, clock, { prefix, messages: count, ...how })).costPer(count);
  const two = { batchSize: 10, domainOf: twoProviders };
  const mixed = { batchSize: 10, domainOf: mixedProviders };
  const batch25 = { batchSize: 25, domainOf: mixedProviders };
  const found = {
    two: await ours("two", messages, two),
    mixed: await ours("mixed", messages, mixed),
    batch25: await ours("batch25", messages, batch25),
    noSamples: {
      two: await ours("plain-two", few, { ...two, stream: noSamples }),
      mixed: await ours("plain-mixed", few, { ...mixed, stream: noSamples }),
      batch25: await ours("plain-batch25", few, { ...batch25, stream: noSamples }),
    },
  };
  const peer = (await countTextbook({ prefix: "peer", messages, ...two })).costPer(messages);
  const sent = engines.sent();
  await engines.close();
  const wanted = 4 * messages + 3 * few;
  check(sent.length === wanted && new Set(sent).size === wanted, "a message was not sent exactly once");
  return {
    ours: found,
    peer,
    ratio: { two: against(peer, found.two), mixed: against(peer, found.mixed), batch25: against(peer, found.batch25) },
    rounds: 1,
  };
}

/** How many times what ours costs the peer costs. */
function against(peer: CostPerMessage, ours: CostPerMessage): { calls: number; writeUnits: number } {
  return {
    calls: round(peer.callsPerMessage / ours.callsPerMessage),
    writeUnits: round(peer.writeUnitsPerMessage / ours.writeUnitsPerMessage),
  };
}
