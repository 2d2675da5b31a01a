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
  // Without data that is missed, the alarm on silence begins as every alarm does, and tells nobody.
  const silence = properties.TreatMissingData === "missing" ? [id] : undefined;
  expect(properties.InsufficientDataActions?.map(target)).toEqual(silence);
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

test("every consumed queue has an alarm on its age", () => {
  const consumed = system
    .all("AWS::Lambda::EventSourceMapping")
    .map(({ properties }) => target(properties.EventSourceArn));
  const watched = templates
    .filter(({ properties }) => properties.MetricName === "ApproximateAgeOfOldestMessage")
    .map(({ properties }) => target(properties.Dimensions[0].Value));
  expect(new Set(watched)).toEqual(new Set(consumed));
});

test("what is found with every run raises an alarm as long as runs find it", () => {
  // A check of the guard every hour: one of them lies in any two hours. A run of the quality every half hour.
  expect(system.one("AWS::CloudWatch::Alarm", "GuardFindings").properties.Period).toBe(7_200);
  expect(system.one("AWS::CloudWatch::Alarm", "QualityListQuality").properties.Period).toBe(3_600);
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
