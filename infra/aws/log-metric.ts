import { Stack } from "aws-cdk-lib";
import { FilterPattern, MetricFilter } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { LogCode } from "../../shared/domain/log-codes.ts";
import type { NodeFunction } from "./node-function.ts";

export interface LogMetricProps {
  readonly function: NodeFunction;
  /** Lines of this code are counted. */
  readonly code: LogCode;
  /** Fields whose text must be, or must not be, this. */
  readonly where?: Readonly<Record<string, { readonly is: string } | { readonly isNot: string }>>;
  /** Field whose number is added up; lines where it is not above 0 count for nothing. @default each line counts 1 */
  readonly field?: string;
}

/**
 * A metric of this deployment that is counted from a function's log. It has no dimensions, so it is one custom metric,
 * and it costs something only in hours in which there is such a line.
 */
export function logMetric(scope: Construct, metricName: string, props: LogMetricProps): MetricFilter {
  const { code, where = {}, field } = props;
  const conditions = Object.entries(where).map(([name, text]) =>
    "is" in text
      ? FilterPattern.stringValue(`$.message.${name}`, "=", text.is)
      : FilterPattern.stringValue(`$.message.${name}`, "!=", text.isNot),
  );
  // What a metric takes from a line must stand in the pattern.
  if (field !== undefined) conditions.push(FilterPattern.numberValue(`$.message.${field}`, ">", 0));
  const ofCode = FilterPattern.stringValue("$.message.code", "=", code);
  return new MetricFilter(scope, metricName, {
    logGroup: props.function.logGroup,
    filterPattern: conditions.length === 0 ? ofCode : FilterPattern.all(ofCode, ...conditions),
    metricNamespace: `ses-warmup/${Stack.of(scope).stackName}`,
    metricName,
    metricValue: field === undefined ? "1" : `$.message.${field}`,
  });
}
