import { makeHandler as makeReleaseHandler } from "../../../functions/release/handler.ts";
import { bodyKeptMs, type HeldMessage } from "../../../shared/ports/held-mail.ts";
import { aHeldMessage, allowanceAt, aPlan, aPool, noonMs } from "../../support/builders.ts";
import type { Datapoint } from "../../support/cloudwatch/alarm.ts";
import { TestDispatcher } from "../../support/dispatcher.ts";
import { GuardedSystem, newsIp } from "../../support/guarded.ts";
import { aContext } from "../../support/lambda.ts";
import { TestQuality } from "../../support/quality.ts";
import { TestRamp } from "../../support/ramp.ts";
import { type Fault, hourMs, lines, madeMs, minuteMs, ofFunction, ofQueue, troubleMs } from "./fault.ts";

/** The runs by the clock: their function, their schedule and what it is called in the template. */
const scheduledRuns = [
  { run: "ReleaseEveryFiveMinutes", functionId: "ReleaseFunction", everyMs: 5 * minuteMs, firstMs: madeMs },
  { run: "RampHourly", functionId: "RampFunction", everyMs: hourMs, firstMs: hourAfter(madeMs) },
  { run: "GuardHourly", functionId: "GuardFunction", everyMs: hourMs, firstMs: hourAfter(madeMs) + 10 * minuteMs },
  { run: "QualityEveryHalfHour", functionId: "QualityFunction", everyMs: 30 * minuteMs, firstMs: madeMs },
] as const;

function hourAfter(ms: number): number {
  return Math.ceil(ms / hourMs) * hourMs;
}

/** Invocations of every run from the first deployment on, without those that a test leaves out. */
export function invocations(untilMs: number, but: (functionId: string, atMs: number) => boolean = () => false) {
  return scheduledRuns.flatMap(({ functionId, everyMs, firstMs }) => {
    const found: Datapoint[] = [];
    for (let atMs = firstMs; atMs < untilMs; atMs += everyMs) {
      if (!but(functionId, atMs)) found.push(ofFunction(functionId, "Invocations", 1, atMs));
    }
    return found;
  });
}

/** What a run of the release logs of one held message; a body of null has expired. */
export async function released(message: Partial<HeldMessage>, nowMs: number, body: string | null = "{}") {
  const { ports, settings, held, allowances, clock, serviceClock, sendQueue, log } = new TestDispatcher();
  const kept = aHeldMessage(message);
  if (body === null) held.haunt(kept);
  else await held.hold(kept, body);
  clock.atMs = nowMs;
  const handler = makeReleaseHandler({
    ports: { ...ports, held, allowances, serviceClock, sendQueue },
    deployment: settings,
  });
  await handler({}, aContext);
  return { lines: lines("ReleaseFunctionLogs", log) };
}

async function ramped(maxDays: number) {
  const ramp = new TestRamp(undefined, [aPool({ plan: aPlan({ minDays: 30, maxDays }) })]);
  await ramp.warm(0, 5);
  return { lines: lines("RampFunctionLogs", ramp.log) };
}

/** What the runs by the clock find, and what they fail to do. */
export const runFaults: readonly Fault[] = [
  ...scheduledRuns.flatMap(({ run, functionId }): Fault[] => [
    {
      what: `the run ${run} fails for good`,
      rings: [`${run}Failed`],
      happens: () => ({ measured: [ofQueue(`${run}DeadLetters`, "NumberOfMessagesSent", 1)] }),
    },
    {
      what: `the run ${run} starts no more`,
      rings: [`${run}Silent`],
      happens: () => ({
        measured: invocations(troubleMs + 24 * hourMs, (id, atMs) => id === functionId && atMs > troubleMs),
      }),
    },
    {
      what: `the run ${run} is missing once`,
      rings: [],
      happens: () => ({
        measured: invocations(
          troubleMs + 24 * hourMs,
          (id, atMs) => id === functionId && atMs >= troubleMs && atMs < troubleMs + hourMs && run.endsWith("Hourly"),
        ),
      }),
    },
  ]),
  {
    what: "the body of held mail has expired",
    rings: ["ReleaseAlarmsReleaseFailed", "ReleaseAlarmsLate"],
    happens: () => released({ untilMs: noonMs }, noonMs + bodyKeptMs, null),
  },
  {
    what: "held mail was passed by when it was due",
    rings: ["ReleaseAlarmsLate"],
    happens: () => released({ untilMs: noonMs - 7 * minuteMs }, noonMs),
  },
  {
    what: "held mail goes back a run after it was due",
    rings: [],
    happens: () => released({ untilMs: noonMs - 5 * minuteMs }, noonMs),
  },
  { what: "a warm-up takes longer than its plan says", rings: ["RampWarmUpLate"], happens: () => ramped(4) },
  { what: "a warm-up is within its plan", rings: [], happens: () => ramped(30) },
  {
    what: "somebody edits the warm-up percentage of an IP",
    rings: ["GuardFindings"],
    happens: async () => {
      const system = new GuardedSystem();
      system.settings.percentages.set(newsIp, 40);
      await system.check();
      return { lines: lines("GuardFunctionLogs", system.log) };
    },
  },
  {
    what: "the guard finds nothing",
    rings: [],
    happens: async () => {
      const system = new GuardedSystem();
      await system.check();
      return { lines: lines("GuardFunctionLogs", system.log) };
    },
  },
  {
    what: "a stream's list turns bad",
    rings: ["QualityListQuality"],
    happens: async () => {
      const quality = new TestQuality();
      await quality.answer({ accepted: 1_000, delivered: 930, bounced: 70 });
      await quality.run();
      return { lines: lines("QualityFunctionLogs", quality.log) };
    },
  },
  {
    what: "warming IPs are refused where others are not",
    rings: ["FeedbackPathAlarmsBrakeOn"],
    happens: async () => {
      const quality = new TestQuality();
      quality.allowances.grant(allowanceAt("gmail"), 1_000, 100);
      await quality.answer({ delivered: 180, blocked: 20 }, 0, { arm: "trial", route: "warming", provider: "gmail" });
      await quality.answer({ delivered: 200 }, 0, { arm: "control", route: "shared", provider: "gmail" });
      await quality.run();
      return { lines: lines("QualityFunctionLogs", quality.log) };
    },
  },
];
