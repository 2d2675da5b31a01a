import { describe, expect, test } from "vitest";
import { DynamoServiceClock } from "../../shared/adapters/dynamo/dynamo-service-clock.ts";
import type { ServiceClock } from "../../shared/ports/service-clock.ts";
import { noonMs } from "../support/builders.ts";
import { dateAnswersFrom } from "../support/deployment-file.ts";
import { ManualClock } from "../support/fakes/manual-clock.ts";
import { MemoryServiceClock } from "../support/fakes/memory-service-clock.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const engines: [string, () => ServiceClock][] = [
  ["in memory", () => new MemoryServiceClock(new ManualClock(noonMs))],
  ["of DynamoDB", () => new DynamoServiceClock(tables().client, tables().state)],
];

describe.each(engines)("the service's clock %s", (_, open) => {
  test("is the service's, whatever this machine's says", async () => {
    dateAnswersFrom(noonMs);
    const nowMs = await open().nowMs();
    expect(nowMs).toBeGreaterThan(noonMs - 1_000);
    expect(nowMs).toBeLessThan(noonMs + 60_000);
  });
});

test("no answer is no time", async () => {
  const { client, loseNextReply } = tables().another();
  loseNextReply();
  await expect(new DynamoServiceClock(client, tables().state).nowMs()).rejects.toThrow();
});
