import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { startClock, timeKeeper } from "../../infra/local/kept-time.ts";
import { Schedules } from "../../infra/local/schedules.ts";
import { installVirtualTime, startAheadMs } from "../../infra/local/virtual-time.ts";

const hourMs = 3_600_000;
const monthMs = 30 * 24 * hourMs;

installVirtualTime();
beforeEach(() => startAheadMs(0));

function aFile(content?: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "ses-warmup-clock-")), "clock");
  if (content !== undefined) writeFileSync(file, content);
  return file;
}

/** Runs that a start makes up for, with schedules as often as the stack's. */
async function runsOfStart(file: string, jumps: boolean): Promise<number> {
  const { clock, sinceMs } = startClock(file, { startMs: Date.now(), jumps });
  const schedules = new Schedules();
  let runs = 0;
  for (const often of ["rate(5 minutes)", "rate(30 minutes)", "cron(0 * * * ? *)", "cron(10 * * * ? *)"]) {
    schedules.add(often, "UTC", sinceMs, async () => {
      runs += 1;
    });
  }
  await schedules.runDue(clock.nowMs());
  return runs;
}

test("a first start makes up for the hour before, so that today opens", async () => {
  expect(await runsOfStart(aFile(), false)).toBeGreaterThanOrEqual(2);
});

test.each(["in real time", "in time that jumps"])("a month off costs a start %s no more than an hour", async (how) => {
  const jumps = how !== "in real time";
  // 12, 2, 1 and 1 in an hour.
  expect(await runsOfStart(aFile(String(Date.now() - monthMs)), jumps)).toBeLessThanOrEqual(16);
});

test("what was due in a short break is made up for, and nothing that has run", () => {
  const lastMs = Date.now() - 600_000;
  expect(startClock(aFile(String(lastMs)), { startMs: 0, jumps: false }).sinceMs).toBe(lastMs);
});

test("time that jumps stood still while nothing ran; real time did not", () => {
  const file = aFile(String(Date.now() - monthMs));
  const machineMs = Date.now();
  expect(startClock(file, { startMs: 0, jumps: false }).clock.nowMs()).toBeGreaterThanOrEqual(machineMs);
  const { clock } = startClock(file, { startMs: 0, jumps: true });
  expect(Math.abs(clock.nowMs() - (machineMs - monthMs))).toBeLessThan(hourMs);
});

test("time is kept whole at every moment", () => {
  const file = aFile();
  const keep = timeKeeper(file);
  keep(1_700_000_000_000.5);
  expect(readFileSync(file, "utf8")).toBe("1700000000000");
});

test("a clock that an earlier version left empty is told, not taken for 1970", () => {
  expect(() => startClock(aFile(""), { startMs: 0, jumps: false })).toThrow(/holds no time.*--fresh/);
});
