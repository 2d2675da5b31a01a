import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, type MetricOptions } from "aws-cdk-lib/aws-cloudwatch";

interface Counted {
  metric(options: MetricOptions): IMetric;
}

export interface ShareProps {
  /** Counts what should not happen. */
  readonly part: Counted;
  /** Counts everything, those among it; it has a value whenever `part` has one. */
  readonly all: Counted;
  /** Fewer than this are not looked at. @default 1 */
  readonly floor?: number;
  /** @default an hour: long enough that a share of little mail means something */
  readonly period?: Duration;
}

/**
 * What share of all that happened in a period should not have, in percent: so that neither ten million mails a day nor
 * two thousand ring without a cause. No value while nothing of it happens.
 */
export function share({ part, all, floor = 1, period = Duration.hours(1) }: ShareProps): MathExpression {
  const sum = { statistic: "Sum", period };
  return new MathExpression({
    expression: `IF(part < ${floor}, 0, 100 * part / all)`,
    usingMetrics: { part: part.metric(sum), all: all.metric(sum) },
    period,
  });
}
