import { Metrics as EmbeddedMetrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { MetricDimensions, MetricName, Metrics } from "../ports/metrics.ts";

/** Metrics as lines of the function's log (embedded metric format): no call, no permission. */
export class EmfMetrics implements Metrics {
  readonly #metrics: EmbeddedMetrics;

  constructor(deployment: string) {
    this.#metrics = new EmbeddedMetrics({ namespace: "ses-warmup", serviceName: deployment });
  }

  count(name: MetricName, value: number, dimensions: MetricDimensions): void {
    if (value <= 0) return;
    const one = this.#metrics.singleMetric();
    for (const [dimension, of] of Object.entries(dimensions)) one.addDimension(dimension, of);
    one.addMetric(name, MetricUnit.Count, value);
  }
}
