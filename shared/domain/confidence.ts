/** One-sided 95 % (standard normal quantile). */
const z = 1.645;

/**
 * Lower bound of a rate with 95 % confidence (Wilson's score interval): what the rate is at least, given the sample.
 * 0 for an empty sample.
 * @param hits - 0 to `total`
 */
export function rateAtLeast(hits: number, total: number): number {
  if (total <= 0) return 0;
  const rate = Math.min(1, hits / total);
  const middle = rate + (z * z) / (2 * total);
  const spread = z * Math.sqrt((rate * (1 - rate) + (z * z) / (4 * total)) / total);
  return Math.max(0, (middle - spread) / (1 + (z * z) / total));
}
