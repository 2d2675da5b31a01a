import { readFileSync } from "node:fs";
import { Stack } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { expect, test } from "vitest";
import { alarmsWithin, RunbookAlarm } from "../../infra/aws/alarm.ts";
import { system } from "./sample-system.ts";
import { aStack, target } from "./synthesize.ts";

const alarms = alarmsWithin(aStack().stack).map(({ text }) => text);
const templates = system.all("AWS::CloudWatch::Alarm");

/** As GitHub makes a link of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");

function runbookAnchors(): string[] {
  const runbook = readFileSync(new URL("../../docs/runbook.md", import.meta.url), "utf8");
  return [...runbook.matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, heading]) => anchorOf(heading!));
}

test("every alarm in the stack is one that says what it means", () => {
  expect(templates).toHaveLength(alarms.length);
  const descriptions = templates.map(({ properties }) => properties.AlarmDescription);
  const expected = alarms.map(
    ({ title, impact, runbookAnchor }) => `${title}. ${impact} Runbook: docs/runbook.md#${runbookAnchor}`,
  );
  expect(descriptions).toEqual(expected);
});

test.each(templates)("$id tells the alarm topic", ({ properties }) => {
  const { id } = system.one("AWS::SNS::Topic", "AlarmTopic");
  expect(properties.AlarmActions.map(target)).toEqual([id]);
});

test("the alarm topic takes messages from this account's alarms", () => {
  const { Statement } = system.one("AWS::SNS::TopicPolicy", "AlarmTopicPolicy").properties.PolicyDocument;
  expect(Statement).toContainEqual(
    expect.objectContaining({
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
    }),
  );
});

test("every queue of runs that failed has an alarm on its first message", () => {
  const deadLetters = system.all("AWS::SQS::Queue").filter(({ id }) => /(Hourly|Every\w+)DeadLetters/.test(id));
  const watched = templates
    .filter(({ properties }) => properties.MetricName === "ApproximateNumberOfMessagesVisible")
    .filter(({ properties }) => properties.Threshold === 1)
    .map(({ properties }) => target(properties.Dimensions[0].Value));
  expect(new Set(watched)).toEqual(new Set(deadLetters.map(({ id }) => id)));
});

test("every consumed queue has an alarm on its age", () => {
  const consumed = system
    .all("AWS::Lambda::EventSourceMapping")
    .map(({ properties }) => target(properties.EventSourceArn));
  const watched = templates
    .filter(({ properties }) => properties.MetricName === "ApproximateAgeOfOldestMessage")
    .map(({ properties }) => target(properties.Dimensions[0].Value));
  expect(new Set(watched)).toEqual(new Set(consumed));
});

test("a hold of the guard raises an alarm as long as checks find it", () => {
  const { properties: filter } = system.one("AWS::Logs::MetricFilter", "GuardHolds");
  const { id: guardLogs } = system.one("AWS::Logs::LogGroup", "GuardFunctionLogs");
  expect(target(filter.LogGroupName)).toBe(guardLogs);
  expect(filter.FilterPattern).toBe('{ $.message.code = "GUARD_HOLD" }');
  const [metric] = filter.MetricTransformations;
  const { properties: alarm } = system.one("AWS::CloudWatch::Alarm", "GuardFindings");
  expect([alarm.Namespace, alarm.MetricName]).toEqual([metric.MetricNamespace, metric.MetricName]);
  expect(alarm).toMatchObject({ Statistic: "Sum", Threshold: 1, TreatMissingData: "notBreaching" });
  // A check every hour: one of them lies in any two hours.
  expect(alarm.Period).toBe(7_200);
});

test("a wall raises an alarm as long as it stands", () => {
  const { properties: filter } = system.one("AWS::Logs::MetricFilter", "QualityWallsStanding");
  expect(target(filter.LogGroupName)).toBe(system.one("AWS::Logs::LogGroup", "QualityFunctionLogs").id);
  expect(filter.FilterPattern).toBe('{ $.message.code = "WALL_STANDS" }');
  const [metric] = filter.MetricTransformations;
  const { properties: alarm } = system.one("AWS::CloudWatch::Alarm", "QualityListQuality");
  expect([alarm.Namespace, alarm.MetricName]).toEqual([metric.MetricNamespace, metric.MetricName]);
  // A run every half hour: two of them lie in an hour.
  expect(alarm).toMatchObject({ Statistic: "Sum", Threshold: 1, Period: 3_600, TreatMissingData: "notBreaching" });
});

test("a brake rings the same alarm whichever function puts it on", () => {
  const metricOf = ({ properties }: { properties: { MetricTransformations: Record<string, string>[] } }) => {
    const [{ MetricName, MetricNamespace } = {}] = properties.MetricTransformations;
    return [MetricNamespace, MetricName];
  };
  const filters = system
    .all("AWS::Logs::MetricFilter")
    .filter(({ properties }) => properties.FilterPattern === '{ $.message.code = "BRAKE_ON" }');
  expect(filters).toHaveLength(2);
  const alarm = system.one("AWS::CloudWatch::Alarm", "BrakeOn").properties;
  for (const filter of filters) expect(metricOf(filter)).toEqual([alarm.Namespace, alarm.MetricName]);
});

test("every alarm's anchor is a heading of the runbook", () => {
  const missing = alarms
    .map(({ runbookAnchor }) => runbookAnchor)
    .filter((anchor) => !runbookAnchors().includes(anchor));
  expect([...new Set(missing)]).toEqual([]);
});

test.each([
  ["without a meaning", { impact: " ", runbookAnchor: "send-queue-old" }],
  ["without a runbook", { impact: "All mail is late.", runbookAnchor: "" }],
])("an alarm %s cannot be built", (_what, text) => {
  const metric = new Metric({ namespace: "AWS/SQS", metricName: "Any" });
  expect(() => new RunbookAlarm(new Stack(), "Alarm", { title: "Old", ...text, metric, threshold: 1 })).toThrow();
});
