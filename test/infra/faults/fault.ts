import { type Datapoint, metricName } from "../../support/cloudwatch/alarm.ts";
import { logged } from "../../support/cloudwatch/logged.ts";
import type { LoggedLine, Signals } from "../../support/cloudwatch/watch.ts";
import type { RecordingLog } from "../../support/fakes/recording-log.ts";

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
/** When the stack of these tests was made, and when its troubles begin. */
export const madeMs = Date.parse("2026-11-01T09:17:00Z");
export const troubleMs = Date.parse("2026-11-02T12:03:00Z");

/** Something that goes wrong, and the alarms that tell of it; without any it is something nobody should be called for. */
export interface Fault {
  readonly what: string;
  readonly rings: readonly string[];
  happens(): Promise<Signals> | Signals;
}

/** What a function of the product logged, from the moment of the trouble on. */
export function lines(logGroup: string, log: RecordingLog, fromMs = troubleMs): LoggedLine[] {
  return logged(`WarmUp${logGroup}`, log.lines, fromMs);
}

/** What SQS measures of a queue. */
export function ofQueue(queue: string, name: string, value: number, atMs = troubleMs): Datapoint {
  return { metric: metricName("AWS/SQS", name, { QueueName: `WarmUp${queue}` }), atMs, value };
}

/** What Lambda measures of a function. */
export function ofFunction(functionId: string, name: string, value: number, atMs = troubleMs): Datapoint {
  return { metric: metricName("AWS/Lambda", name, { FunctionName: `WarmUp${functionId}` }), atMs, value };
}

/** One value a minute, for so many minutes. */
export function everyMinute(minutes: number, measure: (atMs: number) => Datapoint): Datapoint[] {
  return Array.from({ length: minutes }, (_, minute) => measure(troubleMs + minute * minuteMs));
}
