import type { MetricDimensions, MetricName, Metrics } from "../../../shared/ports/metrics.ts";

export class MemoryMetrics implements Metrics {
  readonly counted: { readonly name: MetricName; readonly value: number; readonly dimensions: MetricDimensions }[] = [];

  count(name: MetricName, value: number, dimensions: MetricDimensions): void {
    if (value > 0) this.counted.push({ name, value, dimensions });
  }

  total(name: MetricName): number {
    return this.counted.filter((each) => each.name === name).reduce((sum, { value }) => sum + value, 0);
  }
}
