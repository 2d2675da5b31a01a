import { describe, expect, test } from "vitest";
import type { Signals } from "../support/cloudwatch/watch.ts";
import { Watch } from "../support/cloudwatch/watch.ts";
import { dispatcherFaults } from "./faults/dispatcher.ts";
import { type Fault, hourMs, madeMs, troubleMs } from "./faults/fault.ts";
import { feedbackFaults } from "./faults/feedback.ts";
import { firstDayEndMs, goodFirstDay } from "./faults/good-first-day.ts";
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
  test.each([
    ["with mail from its first minutes on", goodFirstDay],
    ["without any mail", async () => ({ measured: invocations(firstDayEndMs) })],
  ])("rings nothing on its whole first day, %s", async (_, signals) => {
    expect(watch.told(await signals(), madeMs, firstDayEndMs)).toEqual([]);
  });
});

test("the stack's own metrics are few: each costs as long as something is counted", () => {
  const counted = new Set(
    system.all("AWS::Logs::MetricFilter").map(({ properties }) => properties.MetricTransformations[0].MetricName),
  );
  expect(counted.size).toBeLessThanOrEqual(25);
});
