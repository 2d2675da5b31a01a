import { expect, test } from "vitest";
import { longestWriteMs } from "../../shared/app/brakes/known-answers.ts";
import { system } from "./sample-system.ts";
import { target } from "./synthesize.ts";

const functions = system.all("AWS::Lambda::Function");

test("there are eight functions", () => {
  expect(functions.map(({ id }) => id.replace(/[0-9A-F]{8}$/, ""))).toEqual([
    "WarmUpSendPathDispatcher",
    "WarmUpReleaseFunction",
    "WarmUpFeedbackPathFunction",
    "WarmUpSetAsideFunction",
    "WarmUpRampFunction",
    "WarmUpGuardFunction",
    "WarmUpQualityFunction",
    "WarmUpObservabilityConsole",
  ]);
});

test.each(functions)("$id runs on the tested Node, on arm64, with source maps", ({ properties }) => {
  expect(properties).toMatchObject({
    Runtime: `nodejs${process.versions.node.split(".")[0]}.x`,
    Architectures: ["arm64"],
    Handler: "index.handler",
    Environment: { Variables: { NODE_OPTIONS: "--enable-source-maps" } },
  });
});

test.each(functions)("$id logs JSON to a log group of its own that forgets", ({ properties }) => {
  expect(properties.LoggingConfig.LogFormat).toBe("JSON");
  const group = system.all("AWS::Logs::LogGroup").find(({ id }) => id === target(properties.LoggingConfig.LogGroup));
  expect(group?.properties.RetentionInDays).toBeGreaterThan(0);
});

test("no two functions share a log group", () => {
  const groups = functions.map(({ properties }) => target(properties.LoggingConfig.LogGroup));
  expect(new Set(groups).size).toBe(functions.length);
});

test("no function reserves concurrency: its throttles would push good mail into the dead letters", () => {
  expect(functions.filter(({ properties }) => "ReservedConcurrentExecutions" in properties)).toEqual([]);
});

test("only the dispatcher, which parks mail on a queue it reads, may look like a loop", () => {
  const loops = functions.filter(({ properties }) => properties.RecursiveLoop === "Allow");
  expect(loops.map(({ id }) => id)).toEqual([system.one("AWS::Lambda::Function", "Dispatcher").id]);
});

test("a dispatcher run has time for its slowest call to SES and what comes after", () => {
  const { Timeout, Environment } = system.one("AWS::Lambda::Function", "Dispatcher").properties;
  expect(Timeout * 1000).toBeGreaterThanOrEqual(2 * Number(Environment.Variables.SEND_TIMEOUT_MS));
});

test("a feedback run ends long before other instances take its writes for read", () => {
  const { Timeout } = system.one("AWS::Lambda::Function", "FeedbackPathFunction").properties;
  expect(longestWriteMs).toBeGreaterThanOrEqual(2 * Timeout * 1000);
});

test("the outputs tell applications and operators where to go", () => {
  expect(Object.keys(system.json.Outputs)).toEqual(
    expect.arrayContaining(["SendQueueUrl", "QuarantineQueueUrl", "StateTableName", "DashboardName", "DashboardUrl"]),
  );
});

test("the dashboard shows the console", () => {
  const body = JSON.stringify(system.one("AWS::CloudWatch::Dashboard", "Dashboard").properties.DashboardBody);
  expect(body).toContain('\\"type\\":\\"custom\\"');
  expect(body).toContain(system.one("AWS::Lambda::Function", "Console").id);
});
