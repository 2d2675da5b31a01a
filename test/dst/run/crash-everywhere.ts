import { utcDay } from "../../../shared/domain/utc-day.ts";
import { judge, type Verdict } from "../check/judge.ts";
import { type Crash, PlannedFaults } from "../engine/planned-faults.ts";
import { Random } from "../engine/random.ts";
import { Scheduler } from "../engine/scheduler.ts";
import { setGlobalRandom } from "../engine/virtual-globals.ts";
import { drain, settleHeld, storm } from "../system/phases.ts";
import { calmProfile } from "../system/profile.ts";
import type { SeedOptions } from "../system/run-seed.ts";
import { plainMail } from "../system/workload.ts";
import { World } from "../system/world.ts";
import type { Scenario } from "./scenarios.ts";
import { addVerdict, noTotals, type Totals } from "./totals.ts";

const startMs = Date.parse("2026-11-02T12:00:00Z");
const stormMs = 18 * 60_000;

/** Calls that change nothing: to die after one is the same as to die before the next call. */
const reads = /^(Get|Query|BatchGet)/;

/** Plays a scenario with no crash, with every single crash, and with every pair of crashes. */
export async function crashEverywhere(number: number, scenario: Scenario, options: SeedOptions): Promise<Totals> {
  const totals = noTotals();
  const play = async (...crashes: Crash[]): Promise<readonly string[]> => {
    const { verdict, calls } = await playScenario(number, scenario, crashes, options);
    addVerdict(totals, verdict);
    return calls;
  };
  for (const first of crashesAfter(0, await play())) {
    for (const second of crashesAfter(first.at, await play(first))) await play(first, second);
  }
  return totals;
}

/** Every crash at each call that follows a call: before its effect, and after it. */
function crashesAfter(at: number, calls: readonly string[]): Crash[] {
  return calls.slice(at).flatMap((operation, index) => {
    const crash = { at: at + 1 + index, when: "killed-before" } as const;
    return reads.test(operation) ? [crash] : [crash, { ...crash, when: "killed-after" }];
  });
}

async function playScenario(
  number: number,
  { name, batch, stream, limit, sends, isDeliveredTwice }: Scenario,
  crashes: readonly Crash[],
  { system, clients, tell }: SeedOptions,
): Promise<{ readonly verdict: Verdict; readonly calls: readonly string[] }> {
  const random = new Random(number, 3);
  setGlobalRandom(random);
  const faults = new PlannedFaults({ crashes, sends, isDeliveredTwice });
  const scheduler = new Scheduler(startMs);
  const profile = calmProfile(stormMs);
  const world = new World({ scheduler, random, faults, profile, system, clients, tell });
  world.ramp.openAll(utcDay(startMs), limit);
  const mails = Array.from({ length: batch }, (_, index) => plainMail(`m${index}`, stream));
  await storm(
    world,
    mails.map((mail) => ({ mail, atMs: startMs + 1 })),
    startMs + stormMs,
  );
  await drain(world);
  world.evidence.allowances.close(world.evidence.toldLeaks);
  await settleHeld(world);
  const verdict = judge(world, number);
  const where = crashes.map(({ at, when }) => `${when.replace("killed-", "")} call ${at}`).join(" and ");
  const violations = verdict.violations.map(({ seed, what }) => ({ seed, what: `${name}, killed ${where}: ${what}` }));
  return { verdict: { ...verdict, violations }, calls: faults.calls };
}
