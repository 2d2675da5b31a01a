import * as z from "zod";
import { metricMath, type Values } from "./metric-math.ts";

export type AlarmState = "INSUFFICIENT_DATA" | "OK" | "ALARM";

/** One measured value of one metric. */
export interface Datapoint {
  readonly metric: string;
  readonly atMs: number;
  readonly value: number;
}

const dimensions = z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]);
const Stat = z.enum(["Sum", "Maximum", "Minimum"]);

const Queried = z.union([
  z.strictObject({
    Id: z.string(),
    Expression: z.string(),
    Label: z.string().optional(),
    ReturnData: z.literal(true).optional(),
  }),
  z.strictObject({
    Id: z.string(),
    MetricStat: z.strictObject({
      Metric: z.strictObject({ Namespace: z.string(), MetricName: z.string(), Dimensions: dimensions }),
      Period: z.number(),
      Stat,
    }),
    ReturnData: z.literal(false),
  }),
]);

// Strict, so that what is not evaluated here is an error and not a wrong answer.
const Properties = z.strictObject({
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.unknown()).default([]),
  InsufficientDataActions: z.array(z.unknown()).default([]),
  ComparisonOperator: z.enum(["GreaterThanOrEqualToThreshold", "LessThanThreshold"]),
  EvaluationPeriods: z.literal(1),
  Threshold: z.number(),
  TreatMissingData: z.enum(["notBreaching", "breaching", "missing"]),
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: dimensions,
  Statistic: Stat.optional(),
  Period: z.number().optional(),
  Metrics: z.array(Queried).optional(),
});

interface Measured {
  readonly id: string;
  readonly metric: string;
  readonly stat: z.output<typeof Stat>;
}

/**
 * CloudWatch looks at more periods than an alarm asks for, and takes the latest that has a value: "the exact number is
 * not published". Its documentation's examples have two more.
 */
const periodsLookedAt = 3;

/** An alarm of a template, evaluated as CloudWatch does: at the end of each of its periods, from its creation on. */
export class EvaluatedAlarm {
  readonly id: string;
  readonly #properties: z.output<typeof Properties>;
  readonly #measured: readonly Measured[];
  readonly #periodMs: number;
  readonly #value: (values: Values) => number | undefined;

  /** @param dimension - gives a dimension's value its name */
  constructor(id: string, properties: unknown, dimension: (value: unknown) => string) {
    const read = Properties.parse(properties);
    const nameOf = (namespace: string, name: string, of: z.output<typeof dimensions>): string =>
      metricName(namespace, name, Object.fromEntries(of.map(({ Name, Value }) => [Name, dimension(Value)])));
    this.id = id;
    this.#properties = read;
    if (read.Metrics === undefined) {
      const { Namespace = "", MetricName = "", Statistic = "Sum", Period = 0 } = read;
      this.#measured = [{ id: "m", metric: nameOf(Namespace, MetricName, read.Dimensions), stat: Statistic }];
      this.#periodMs = Period * 1000;
      this.#value = ({ m }) => m;
      return;
    }
    const [expression, ...rest] = read.Metrics.flatMap((each) => ("Expression" in each ? [each] : []));
    const stats = read.Metrics.flatMap((each) => ("MetricStat" in each ? [each] : []));
    const periods = new Set(stats.map(({ MetricStat }) => MetricStat.Period));
    if (expression === undefined || rest.length > 0 || periods.size !== 1) throw new Error(`${id}: not evaluated here`);
    this.#measured = stats.map(({ Id, MetricStat: { Metric, Stat: stat } }) => ({
      id: Id,
      metric: nameOf(Metric.Namespace, Metric.MetricName, Metric.Dimensions),
      stat,
    }));
    this.#periodMs = [...periods][0]! * 1000;
    this.#value = metricMath(expression.Expression);
  }

  /** Names of the metrics it looks at. */
  get metrics(): readonly string[] {
    return this.#measured.map(({ metric }) => metric);
  }

  /** States it changes to, in order, with the time of each; it begins without data and tells nobody of that. */
  changes(datapoints: readonly Datapoint[], createdMs: number, untilMs: number): { atMs: number; state: AlarmState }[] {
    const own = datapoints.filter(({ metric }) => this.metrics.includes(metric));
    const found: { atMs: number; state: AlarmState }[] = [];
    let state: AlarmState = "INSUFFICIENT_DATA";
    // The first look comes at once: whatever lies before the creation was not measured.
    for (let atMs = createdMs; atMs <= untilMs; atMs = this.#endAfter(atMs)) {
      const next = this.#stateAt(own, atMs);
      if (next !== state) found.push({ atMs, state: next });
      state = next;
    }
    return found;
  }

  /** True when somebody is told that it changes to this state. */
  tells(state: AlarmState): boolean {
    const { AlarmActions, InsufficientDataActions } = this.#properties;
    return (state === "ALARM" ? AlarmActions : state === "INSUFFICIENT_DATA" ? InsufficientDataActions : []).length > 0;
  }

  #endAfter(atMs: number): number {
    return (Math.floor(atMs / this.#periodMs) + 1) * this.#periodMs;
  }

  #stateAt(datapoints: readonly Datapoint[], atMs: number): AlarmState {
    const endMs = Math.floor(atMs / this.#periodMs) * this.#periodMs;
    for (let back = 0; back < periodsLookedAt; back += 1) {
      const toMs = endMs - back * this.#periodMs;
      const value = this.#value(this.#valuesIn(datapoints, toMs - this.#periodMs, toMs));
      if (value !== undefined) return this.#isBreaching(value) ? "ALARM" : "OK";
    }
    const withoutData = { notBreaching: "OK", breaching: "ALARM", missing: "INSUFFICIENT_DATA" } as const;
    return withoutData[this.#properties.TreatMissingData];
  }

  #valuesIn(datapoints: readonly Datapoint[], fromMs: number, toMs: number): Values {
    return Object.fromEntries(
      this.#measured.map(({ id, metric, stat }) => {
        const values = datapoints
          .filter((each) => each.metric === metric && each.atMs >= fromMs && each.atMs < toMs)
          .map(({ value }) => value);
        return [id, values.length === 0 ? undefined : statistics[stat](values)];
      }),
    );
  }

  #isBreaching(value: number): boolean {
    const { ComparisonOperator, Threshold } = this.#properties;
    return ComparisonOperator === "LessThanThreshold" ? value < Threshold : value >= Threshold;
  }
}

const statistics = {
  Sum: (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0),
  Maximum: (values: readonly number[]) => Math.max(...values),
  Minimum: (values: readonly number[]) => Math.min(...values),
} as const;

/** A metric as text: its name with its dimensions. */
export function metricName(namespace: string, name: string, of: Readonly<Record<string, string>> = {}): string {
  return [namespace, name, ...Object.entries(of).map(([dimension, value]) => `${dimension}=${value}`)].join(" ");
}
