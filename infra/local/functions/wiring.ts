import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Permissions } from "../permissions/permissions.ts";
import { callJudge, refusalSentence } from "../permissions/refusal.ts";
import { Schedules } from "../schedules.ts";
import { EventSourceProperties, FunctionProperties, ScheduleProperties } from "../template/declarations.ts";
import { type Resolver, region } from "../template/resolve.ts";
import { type Declared, declared, type Template } from "../template/template.ts";
import type { VirtualClock } from "../virtual-time.ts";
import { EventSource } from "./event-source.ts";
import { FunctionProcess } from "./function-process.ts";

export type { FunctionProcess } from "./function-process.ts";

export interface WiringSettings {
  readonly template: Template;
  readonly resolve: Resolver;
  /** Folder of the synthesized bundles. */
  readonly assets: string;
  readonly logs: string;
  readonly clock: VirtualClock;
  /** Schedules due after this moment are run, epoch ms. */
  readonly sinceMs: number;
  readonly permissions: Permissions;
  /** Client that calls in the name of a function. */
  readonly queuesAs: (caller: string) => SQSClient;
  readonly queueUrl: (name: string) => string;
  /** Engine addresses by the service's name in `AWS_ENDPOINT_URL_*`. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** True where virtual time jumps: nothing waits for real time then. */
  readonly jumps: boolean;
}

/** The running functions and what starts them. */
export interface Wiring {
  readonly functions: (name: string) => FunctionProcess;
  readonly sources: readonly { readonly queue: string; readonly source: EventSource }[];
  readonly schedules: Schedules;
  close(): Promise<void>;
}

/** Tries of an asynchronous invocation (Lambda's default: two more after the first). */
const asyncTries = 3;

/** Starts every function of the template and wires its event sources and schedules. */
export async function wireFunctions(settings: WiringSettings): Promise<Wiring> {
  const { template, clock } = settings;
  const functions = new Map(
    declared(template, "AWS::Lambda::Function").map(({ id, properties }) => [
      id,
      startFunction(settings, id, properties),
    ]),
  );
  clock.onJump((aheadMs) => {
    for (const each of functions.values()) each.setAheadMs(aheadMs);
  });
  const named = (name: string): FunctionProcess => {
    const found = functions.get(name);
    if (found === undefined) throw new Error(`the template declares no function ${name}`);
    return found;
  };
  await Promise.all([...functions.values()].map(({ ready }) => ready));
  const sources = declared(template, "AWS::Lambda::EventSourceMapping").map(({ properties }) =>
    eventSource(settings, named, properties),
  );
  for (const { source } of sources) source.start();
  const schedules = new Schedules();
  for (const schedule of declared(template, "AWS::Scheduler::Schedule")) {
    addSchedule(settings, schedules, named, schedule);
  }
  return {
    functions: named,
    sources,
    schedules,
    close: async () => {
      await Promise.all(sources.map(({ source }) => source.stop()));
      await Promise.all([...functions.values()].map((each) => each.close()));
    },
  };
}

function startFunction(settings: WiringSettings, name: string, properties: unknown): FunctionProcess {
  const { resolve, assets, logs, endpoints, clock } = settings;
  const { Code, Handler, Timeout, Environment } = FunctionProperties.parse(resolveKnown(resolve, properties));
  const [file = "index"] = Handler.split(".");
  return new FunctionProcess({
    name,
    bundle: join(assets, `asset.${Code.S3Key.replace(/\.zip$/, "")}`, `${file}.mjs`),
    timeoutMs: Timeout * 1000,
    logFile: join(logs, `${name}.log`),
    aheadMs: () => clock.aheadMs,
    environment: {
      ...Environment.Variables,
      ...Object.fromEntries(Object.entries(endpoints).map(([service, url]) => [`AWS_ENDPOINT_URL_${service}`, url])),
      AWS_REGION: region,
      // Names the function to the engines, so that a call can be held against its role.
      AWS_ACCESS_KEY_ID: name,
      AWS_SECRET_ACCESS_KEY: "local",
    },
  });
}

/** Only what is read is resolved: other properties may name things that exist in AWS alone. */
function resolveKnown(resolve: Resolver, properties: unknown): unknown {
  const { Code, Handler, Runtime, Timeout, Environment } = Object(properties);
  return { Code: { S3Key: Code?.S3Key }, Handler, Runtime, Timeout, Environment: resolve(Environment) };
}

function eventSource(settings: WiringSettings, named: Wiring["functions"], properties: unknown) {
  const { queuesAs, queueUrl, resolve, logs, jumps, permissions } = settings;
  const mapping = EventSourceProperties.parse(resolve(properties));
  const queue = mapping.EventSourceArn.split(":").at(-1) ?? "";
  const consumer = named(mapping.FunctionName);
  checkPollRole(permissions, mapping);
  // Lambda polls with the role of the function.
  const source = new EventSource(queuesAs(mapping.FunctionName), {
    queueUrl: queueUrl(queue),
    queueArn: mapping.EventSourceArn,
    batchSize: mapping.BatchSize,
    windowMs: mapping.MaximumBatchingWindowInSeconds * 1000,
    maxConcurrency: mapping.ScalingConfig.MaximumConcurrency,
    reportsFailures: mapping.FunctionResponseTypes.includes("ReportBatchItemFailures"),
    invoke: (event) => consumer.invoke(event),
    log: (line) => appendFileSync(join(logs, "platform.log"), `${new Date().toISOString()} ${queue}: ${line}\n`),
    windowEndsWhenEmpty: jumps,
  });
  return { queue, source };
}

/** @throws what Lambda answers who makes a mapping for a role that may not poll */
function checkPollRole(
  permissions: Permissions,
  { FunctionName: caller, EventSourceArn: resource }: { FunctionName: string; EventSourceArn: string },
): void {
  const judge = callJudge(permissions);
  for (const call of ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"]) {
    if (judge({ caller, action: `sqs:${call}`, resource }) === undefined) continue;
    throw new Error(`${caller}: The provided execution role does not have permissions to call ${call} on SQS`);
  }
}

function addSchedule(
  { resolve, sinceMs, logs, permissions }: WiringSettings,
  schedules: Schedules,
  named: Wiring["functions"],
  { id, properties }: Declared,
): void {
  const { ScheduleExpression, ScheduleExpressionTimezone, State, Target } = ScheduleProperties.parse(
    resolve(properties),
  );
  if (State === "DISABLED") return;
  const target = named(Target.Arn.split(":").at(-1) ?? "");
  const refusal = callJudge(permissions)({ caller: id, action: "lambda:InvokeFunction", resource: Target.Arn });
  const log = (time: string, line: string): void =>
    appendFileSync(join(logs, "platform.log"), `${time} ${target.name}: ${line}\n`);
  schedules.add(ScheduleExpression, ScheduleExpressionTimezone, sinceMs, async (scheduledAtMs) => {
    const scheduledTime = new Date(scheduledAtMs).toISOString();
    if (refusal !== undefined) return log(scheduledTime, refusalSentence(refusal));
    const event: unknown = JSON.parse(Target.Input.replaceAll("<aws.scheduler.scheduled-time>", scheduledTime));
    for (let tries = 1; tries <= asyncTries; tries += 1) {
      try {
        await target.invoke(event);
        return;
      } catch (error) {
        log(scheduledTime, String(error));
      }
    }
  });
}
