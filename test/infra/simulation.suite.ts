import { expect, test } from "vitest";
import { consumedQueues, dispatcherSettings, functionTimeoutMs, type QueueName } from "../dst/system/settings.ts";
import { system } from "./sample-system.ts";
import { target } from "./synthesize.ts";

const queueNames: Readonly<Record<QueueName, string>> = {
  send: "SendPathSendQueue",
  parked: "SendPathParkedQueue",
  feedback: "FeedbackPathFeedbackQueue",
  proof: "FeedbackPathProofQueue",
};

const functionNames = {
  dispatcher: "SendPathDispatcher",
  feedback: "FeedbackPathFunction",
  release: "ReleaseFunction",
} as const;

test.each(Object.entries(queueNames))("the simulated %s queue is the stack's", (name, id) => {
  const { queue, mapping } = consumedQueues[name as QueueName];
  const { id: queueId, properties } = system.one("AWS::SQS::Queue", id);
  expect({
    visibilityMs: 1000 * properties.VisibilityTimeout,
    delayMs: 1000 * (properties.DelaySeconds ?? 0),
    maxReceives: properties.RedrivePolicy.maxReceiveCount,
    name,
  }).toEqual(queue);
  const source = system
    .all("AWS::Lambda::EventSourceMapping")
    .find((each) => target(each.properties.EventSourceArn) === queueId);
  expect({
    batchSize: source?.properties.BatchSize,
    windowMs: 1000 * (source?.properties.MaximumBatchingWindowInSeconds ?? 0),
    maxConcurrency: source?.properties.ScalingConfig.MaximumConcurrency,
  }).toEqual(mapping);
});

test.each(Object.entries(functionNames))("the simulated %s runs as long as the stack's", (name, id) => {
  const { Timeout } = system.one("AWS::Lambda::Function", id).properties;
  expect(1000 * Timeout).toBe(functionTimeoutMs[name as keyof typeof functionNames]);
});

test("the simulated dispatcher has the stack's settings", () => {
  const { Variables } = system.one("AWS::Lambda::Function", functionNames.dispatcher).properties.Environment;
  expect(Number(Variables.SEND_TIMEOUT_MS)).toBe(dispatcherSettings.sendTimeoutMs);
  expect(Number(Variables.SEND_CONCURRENCY)).toBe(dispatcherSettings.sendConcurrency);
  expect(Number(Variables.MOST_SENDERS)).toBe(dispatcherSettings.mostSenders);
  const { send, parked } = consumedQueues;
  expect(dispatcherSettings.mostSenders).toBe(send.mapping.maxConcurrency + parked.mapping.maxConcurrency);
});
