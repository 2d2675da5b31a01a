/** One-sided 95 % (standard normal quantile). */
const z = 1.645;

/**
 * Lower bound of a rate with 95 % confidence (Wilson's score interval): what the rate is at least, given the sample.
 * 0 for an empty sample.
 * @param hits - 0 to `total`
 */
export function rateAtLeast(hits: number, total: number): number {
  return bounds(hits, total).low;
}

/**
 * Upper bound of a rate with 95 % confidence: what the rate is at most, given the sample. 1 for an empty sample. Both
 * bounds together enclose the rate with 90 %.
 * @param hits - 0 to `total`
 */
export function rateAtMost(hits: number, total: number): number {
  return bounds(hits, total).high;
}

function bounds(hits: number, total: number): { readonly low: number; readonly high: number } {
  if (total <= 0) return { low: 0, high: 1 };
  const rate = Math.min(1, hits / total);
  const middle = rate + (z * z) / (2 * total);
  const spread = z * Math.sqrt((rate * (1 - rate) + (z * z) / (4 * total)) / total);
  const scale = 1 + (z * z) / total;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}
