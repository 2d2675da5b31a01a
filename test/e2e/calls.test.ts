import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";

const benchmarks = fileURLToPath(new URL("../bench/main.ts", import.meta.url));

const Cost = z.object({
  writeUnitsPerMessage: z.number(),
  calls: z.record(z.string(), z.number()),
});

const Result = z.object({ ours: z.object({ two: Cost, mixed: Cost, batch25: Cost }) });

const operations = ["PutItem", "UpdateItem", "SendEmail"];

let ours: z.output<typeof Result>["ours"];

/** What one message costs in AWS calls, counted over 300 messages for each way of filling batches. */
beforeAll(() => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [benchmarks, "calls", "--json", "--size", "300"], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  ours = Result.parse(JSON.parse(stdout)).ours;
});

describe.each([
  { filled: "two" as const, batches: "of 10 for two providers", writeUnits: 1.2 },
  { filled: "mixed" as const, batches: "of 10 for four providers", writeUnits: 1.2 },
  { filled: "batch25" as const, batches: "of 25 for four providers", writeUnits: 1.08 },
])("batches $batches", ({ filled, writeUnits }) => {
  test(`at most ${writeUnits} write units for a message`, () => {
    expect(ours[filled].writeUnitsPerMessage).toBeLessThanOrEqual(writeUnits + 1e-9);
  });

  test("one call to SES, and no other write calls than those units", () => {
    const { SendEmail: sends = 0, PutItem: puts = 0, UpdateItem: updates = 0 } = ours[filled].calls;
    expect(sends).toBe(1);
    expect(puts + updates).toBeLessThanOrEqual(writeUnits + 1e-9);
  });

  test("what an instance reads is read once for many messages", () => {
    const others = Object.entries(ours[filled].calls).filter(([operation]) => !operations.includes(operation));
    const reads = others.reduce((sum, [, calls]) => sum + calls, 0);
    expect(reads).toBeLessThanOrEqual(0.05);
  });
});
