import { describe, expect, test } from "vitest";
import { tellOutcomes } from "../../shared/app/dispatch/tell-outcomes.ts";
import type { Signals } from "../support/cloudwatch/watch.ts";
import { Watch } from "../support/cloudwatch/watch.ts";
import { RecordingLog } from "../support/fakes/recording-log.ts";
import { dispatcherFaults } from "./faults/dispatcher.ts";
import { everyMinute, type Fault, hourMs, lines, madeMs, ofFunction, troubleMs } from "./faults/fault.ts";
import { feedbackFaults } from "./faults/feedback.ts";
import { measuredFaults } from "./faults/queues.ts";
import { invocations, runFaults } from "./faults/runs.ts";
import { setAsideFaults } from "./faults/set-aside.ts";
import { system } from "./sample-system.ts";

const watch = new Watch((type) => system.all(type));
const faults: readonly Fault[] = [
  ...dispatcherFaults,
  ...setAsideFaults,
  ...measuredFaults,
  ...feedbackFaults,
  ...runFaults,
];
const untilMs = troubleMs + 24 * hourMs;

/** A day on which all runs go by the clock, beside what a test makes happen. */
function told(signals: Signals): string[] {
  const runs = signals.measured?.some(({ metric }) => metric.includes("Invocations FunctionName=WarmUpRamp"))
    ? []
    : invocations(untilMs);
  const ids = watch.told({ ...signals, measured: [...(signals.measured ?? []), ...runs] }, madeMs, untilMs);
  return ids.map((id) => id.replace(/^WarmUp/, ""));
}

test("every alarm of the template has a fault that rings it", () => {
  const rung = new Set(faults.flatMap(({ rings }) => rings));
  expect(rung).toEqual(new Set(watch.alarms.map(({ id }) => id.replace(/^WarmUp/, ""))));
});

test.each(faults.filter(({ rings }) => rings.length > 0))("$what: rings $rings", async ({ rings, happens }) => {
  expect(new Set(told(await happens()))).toEqual(new Set(rings));
});

test.each(faults.filter(({ rings }) => rings.length === 0))("$what: nobody is called", async ({ happens }) => {
  expect(told(await happens())).toEqual([]);
});

describe("a first deployment that works", () => {
  /** What CloudWatch shows of each alarm, from its creation on. */
  const states = (signals: Signals) =>
    watch.alarms.flatMap((alarm) => alarm.changes(signals.measured ?? [], madeMs, madeMs + 6 * hourMs));

  test("rings nothing a minute after it was made, and is not red", () => {
    expect(watch.told({}, madeMs, madeMs + 60_000)).toEqual([]);
    expect(states({}).filter(({ state }) => state === "ALARM")).toEqual([]);
  });

  test("rings nothing while its first runs come, the guard's last of all, whether or not mail is sent", () => {
    const log = new RecordingLog();
    tellOutcomes({ log, metrics: { count: () => {} } }, 25, []);
    const mail = { lines: lines("SendPathDispatcherLogs", log, madeMs + 60_000) };
    const runs = invocations(madeMs + 6 * hourMs);
    const well = everyMinute(60, (atMs) => ofFunction("SendPathDispatcher", "Errors", 0, atMs));
    for (const signals of [{ measured: runs }, { ...mail, measured: [...runs, ...well] }]) {
      expect(watch.told(signals, madeMs, madeMs + 6 * hourMs)).toEqual([]);
      expect(states(signals).filter(({ state }) => state === "ALARM")).toEqual([]);
    }
  });
});

test("the stack's own metrics are few: each costs as long as something is counted", () => {
  const counted = new Set(
    system.all("AWS::Logs::MetricFilter").map(({ properties }) => properties.MetricTransformations[0].MetricName),
  );
  expect(counted.size).toBeLessThanOrEqual(25);
});
