import { expect, test } from "vitest";
import { system } from "./sample-system.ts";
import { target } from "./synthesize.ts";

const queues = new Map(system.all("AWS::SQS::Queue").map((queue) => [queue.id, queue.properties]));
const functions = new Map(system.all("AWS::Lambda::Function").map(({ id, properties }) => [id, properties]));
const mappings = system.all("AWS::Lambda::EventSourceMapping").map(({ properties }) => ({
  queueId: target(properties.EventSourceArn),
  functionId: target(properties.FunctionName),
  properties,
}));
/** The ways into the list of what was set aside, and the queues with work. */
const setAsideId = system.one("AWS::Lambda::Function", "SetAsideFunction").id;
const waysIn = mappings.filter(({ functionId }) => functionId === setAsideId);
const consumed = mappings.filter(({ functionId }) => functionId !== setAsideId);
const topics = system.all("AWS::SNS::Topic");
const longestRetention = 14 * 24 * 3600;

test("send, parked, feedback and proof are consumed", () => {
  expect(consumed.map(({ queueId }) => queueId.replace(/[0-9A-F]{8}$/, ""))).toEqual([
    "WarmUpSendPathSendQueue",
    "WarmUpSendPathParkedQueue",
    "WarmUpFeedbackPathFeedbackQueue",
    "WarmUpFeedbackPathProofQueue",
  ]);
});

test.each(consumed)("$queueId sets aside what fails, after at least five deliveries", ({ queueId }) => {
  const { deadLetterTargetArn, maxReceiveCount } = queues.get(queueId).RedrivePolicy;
  expect(queues.has(target(deadLetterTargetArn))).toBe(true);
  expect(maxReceiveCount).toBeGreaterThanOrEqual(5);
});

test.each(consumed)("$queueId: dead letters outlive the queue, whose age they inherit", ({ queueId }) => {
  const { RedrivePolicy, MessageRetentionPeriod } = queues.get(queueId);
  const deadLetters = queues.get(target(RedrivePolicy.deadLetterTargetArn));
  expect(deadLetters.MessageRetentionPeriod).toBe(longestRetention);
  expect(deadLetters.MessageRetentionPeriod).toBeGreaterThan(MessageRetentionPeriod);
});

test.each(mappings)("$queueId hides messages six times as long as its consumer may run", (mapping) => {
  const { Timeout } = functions.get(mapping.functionId);
  const window = mapping.properties.MaximumBatchingWindowInSeconds ?? 0;
  expect(queues.get(mapping.queueId).VisibilityTimeout).toBeGreaterThanOrEqual(6 * Timeout + window);
});

test.each(mappings)("$queueId: one record's failure is its own, and the pollers are capped", ({ properties }) => {
  expect(properties.FunctionResponseTypes).toEqual(["ReportBatchItemFailures"]);
  expect(properties.ScalingConfig.MaximumConcurrency).toBeGreaterThanOrEqual(2);
  expect(properties).not.toHaveProperty("ProvisionedPollerConfig");
});

test.each(mappings)("$queueId does not filter: what does not match a filter is deleted", ({ properties }) => {
  expect(properties).not.toHaveProperty("FilterCriteria");
});

test.each([...queues.keys()].map((id) => ({ id })))("$id speaks TLS only", ({ id }) => {
  const policies = system.all("AWS::SQS::QueuePolicy").filter(({ properties }) => target(properties.Queues[0]) === id);
  expect(JSON.stringify(policies.map(({ properties }) => properties))).toContain('"aws:SecureTransport":"false"');
});

test.each(topics)("$id speaks TLS only", ({ id }) => {
  const policies = system.all("AWS::SNS::TopicPolicy").filter(({ properties }) => target(properties.Topics[0]) === id);
  expect(JSON.stringify(policies.map(({ properties }) => properties))).toContain('"aws:SecureTransport":"false"');
});

test("quarantine and the dead letters of every consumed queue are read onto the list of what was set aside", () => {
  const deadLetters = consumed.map(({ queueId }) => target(queues.get(queueId).RedrivePolicy.deadLetterTargetArn));
  const { id: quarantine } = system.one("AWS::SQS::Queue", "QuarantineQueue");
  expect(new Set(waysIn.map(({ queueId }) => queueId))).toEqual(new Set([quarantine, ...deadLetters]));
});

test.each(waysIn)("$queueId keeps what cannot be listed for as long as SQS can", ({ queueId }) => {
  const { MessageRetentionPeriod, RedrivePolicy } = queues.get(queueId);
  expect(MessageRetentionPeriod).toBe(longestRetention);
  expect(RedrivePolicy).toBeUndefined();
});

test("proof waits longer than a dispatcher may run, so that its receipt is there first", () => {
  const dispatcher = system.one("AWS::Lambda::Function", "Dispatcher").properties;
  const proof = system.one("AWS::SQS::Queue", "ProofQueue").properties;
  expect(proof.DelaySeconds).toBeGreaterThan(dispatcher.Timeout);
});

test("each topic reaches its queue with the message as SES wrote it", () => {
  const subscriptions = system.all("AWS::SNS::Subscription").map(({ properties }) => ({
    from: target(properties.TopicArn).replace(/Topic[0-9A-F]{8}$/, ""),
    to: target(properties.Endpoint).replace(/Queue[0-9A-F]{8}$/, ""),
    raw: properties.RawMessageDelivery,
  }));
  expect(subscriptions).toEqual([
    { from: "WarmUpFeedbackPathFeedback", to: "WarmUpFeedbackPathFeedback", raw: true },
    { from: "WarmUpFeedbackPathProof", to: "WarmUpFeedbackPathProof", raw: true },
  ]);
});

test.each(system.all("AWS::Scheduler::Schedule"))("$id knows which run it is, and keeps runs that fail", (schedule) => {
  const { Target, ScheduleExpressionTimezone, FlexibleTimeWindow } = schedule.properties;
  expect(JSON.parse(Target.Input)).toEqual({ scheduledTime: "<aws.scheduler.scheduled-time>" });
  expect(queues.has(target(Target.DeadLetterConfig.Arn))).toBe(true);
  expect(Target.RetryPolicy.MaximumRetryAttempts).toBeGreaterThan(0);
  expect({ ScheduleExpressionTimezone, mode: FlexibleTimeWindow.Mode }).toEqual({
    ScheduleExpressionTimezone: "Etc/UTC",
    mode: "OFF",
  });
  const own = system
    .all("AWS::Lambda::EventInvokeConfig")
    .filter(({ properties }) => target(properties.FunctionName) === target(Target.Arn));
  expect(own.map(({ properties }) => properties.MaximumRetryAttempts)).toEqual([2]);
});

test("the release runs every five minutes, the ramp is asked every hour, the guard and the quality run look after them", () => {
  const expressions = system.all("AWS::Scheduler::Schedule").map(({ properties }) => properties.ScheduleExpression);
  expect(expressions).toEqual(["rate(5 minutes)", "cron(0 * * * ? *)", "cron(10 * * * ? *)", "rate(30 minutes)"]);
});
