import * as z from "zod";
import { type Datapoint, EvaluatedAlarm, metricName } from "./alarm.ts";
import { filterPattern, metricValue } from "./filter-pattern.ts";

/** One line that a function wrote to its log, as Lambda writes it in its JSON format. */
export interface LoggedLine {
  /** Logical id of the function's log group, without the hash. */
  readonly logGroup: string;
  readonly atMs: number;
  readonly line: unknown;
}

/** What can be measured: lines of logs, and what AWS measures by itself. */
export interface Signals {
  readonly lines?: readonly LoggedLine[];
  readonly measured?: readonly Datapoint[];
}

interface Resource {
  readonly id: string;
  readonly properties: unknown;
}

const Filter = z.strictObject({
  FilterPattern: z.string(),
  LogGroupName: z.object({ Ref: z.string() }),
  MetricTransformations: z.tuple([
    z.strictObject({ MetricName: z.string(), MetricNamespace: z.string(), MetricValue: z.string() }),
  ]),
});

/** The alarms of a template with the metric filters that feed them. */
export class Watch {
  readonly alarms: readonly EvaluatedAlarm[];
  readonly #filters: readonly z.output<typeof Filter>[];

  /** @param all - resources of a type in the template */
  constructor(all: (type: string) => readonly Resource[]) {
    this.#filters = all("AWS::Logs::MetricFilter").map(({ properties }) => Filter.parse(properties));
    this.alarms = all("AWS::CloudWatch::Alarm").map(
      ({ id, properties }) => new EvaluatedAlarm(shortId(id), properties, dimensionOf),
    );
  }

  /** Alarms that tell somebody, in the order of the template, for a stack that was made at a moment. */
  told(signals: Signals, createdMs: number, untilMs: number): string[] {
    const datapoints = [...(signals.measured ?? []), ...this.#counted(signals.lines ?? [])];
    return this.alarms
      .filter((alarm) => alarm.changes(datapoints, createdMs, untilMs).some(({ state }) => alarm.tells(state)))
      .map(({ id }) => id);
  }

  /** What the metric filters make of the lines. */
  #counted(lines: readonly LoggedLine[]): Datapoint[] {
    return this.#filters.flatMap(({ FilterPattern, LogGroupName, MetricTransformations: [to] }) => {
      const matches = filterPattern(FilterPattern);
      const metric = metricName(to.MetricNamespace, to.MetricName);
      return lines.flatMap(({ logGroup, atMs, line }): Datapoint[] => {
        if (logGroup !== shortId(LogGroupName.Ref) || !matches(line)) return [];
        const value = metricValue(to.MetricValue, line);
        return value === undefined ? [] : [{ metric, atMs, value }];
      });
    });
  }
}

/** A logical id without the hash that the CDK puts behind it. */
function shortId(id: string): string {
  return id.replace(/[0-9A-F]{8}$/, "");
}

const Reference = z.union([
  z.object({ Ref: z.string() }).transform(({ Ref }) => Ref),
  z.object({ "Fn::GetAtt": z.tuple([z.string(), z.string()]) }).transform((value) => value["Fn::GetAtt"][0]),
  z.string(),
]);

function dimensionOf(value: unknown): string {
  return shortId(Reference.parse(value));
}
