import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { type KilledRun, runUnderKills } from "./killed-system.ts";

const benchmarks = fileURLToPath(new URL("../bench/main.ts", import.meta.url));

/** A sixth of what `npm run -s bench -- kill` does. */
const seconds = 20;

const figures = [
  "seconds",
  "kills",
  "interruptedBatches",
  "enqueued",
  "accepted",
  "lost",
  "duplicates",
  "unknowns",
  "unknownsAccepted",
  "resent",
  "resentAccepted",
  "droppedAsSent",
  "unexplained",
  "byWarmingIps",
  "overAllowance",
  "quarantined",
  "deadLetters",
  "held",
  "onQueues",
] as const;
const Result = z.object({ ours: z.record(z.enum(figures), z.number()) });

describe(`the function processes are killed every few seconds for ${seconds} s, while mail comes in`, () => {
  let ours: z.output<typeof Result>["ours"];
  let broken: string;

  beforeAll(() => {
    const { stdout, stderr } = spawnSync(process.execPath, [benchmarks, "kill", "--json", "--size", String(seconds)], {
      encoding: "utf8",
    });
    // A broken promise is told beside the figures; without figures there was no result at all.
    if (stdout === "") throw new Error(stderr);
    ours = Result.parse(JSON.parse(stdout)).ours;
    broken = stderr;
  }, 180_000);

  test("often, and in the middle of their work", () => {
    expect(ours.kills).toBeGreaterThanOrEqual(seconds / 5);
    expect(ours.interruptedBatches).toBeGreaterThan(0);
    expect(ours.unknowns + ours.droppedAsSent).toBeGreaterThan(0);
  });

  test("no message is lost, and none is left on a queue", () => {
    expect(ours.enqueued).toBeGreaterThan(seconds * 15);
    expect(ours.lost, broken).toBe(0);
    expect(ours.onQueues, broken).toBe(0);
  });

  test("every duplicate is one counted unknown that was sent again though SES had taken it", () => {
    expect(ours.unexplained, broken).toBe(0);
    expect(ours.duplicates).toBeLessThanOrEqual(ours.resentAccepted);
    expect(ours.resent).toBeLessThanOrEqual(ours.unknowns);
  });

  test("no allowance is passed", () => {
    expect(ours.overAllowance, broken).toBe(0);
  });
});

describe("the whole local system is killed at 7 random moments, starts included, and started again each time", () => {
  let killed: KilledRun;

  beforeAll(async () => {
    killed = await runUnderKills(7, 7);
  }, 600_000);

  test("each start is ready within a minute", () => {
    expect(killed.inStart).toBeGreaterThan(0);
    expect(killed.atWork).toBeGreaterThan(0);
    expect(killed.longestStartMs).toBeLessThan(60_000);
  });

  test("nothing is lost, no allowance is passed, and every duplicate is a counted unknown", () => {
    const { sent, summary, unexplained } = killed;
    expect(sent + summary.held).toBe(summary.accepted);
    expect(unexplained).toEqual([]);
    expect(summary).toMatchObject({ unknown: 0, quarantined: 0, overAllowance: 0 });
  });
});
