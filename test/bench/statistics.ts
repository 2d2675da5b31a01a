/** Of an odd or even number of values. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Middle and spread of repeated measurements; the unit is that of the values. */
export function spread(values: readonly number[]): { readonly median: number; readonly iqr: number } {
  return { median: round(median(values)), iqr: round(quantile(values, 0.75) - quantile(values, 0.25)) };
}

/** To 4 digits after the point: enough to see one call in 10,000 messages. */
export function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/**
 * Measures two sides in the order A B B A A B ..., so that whatever changes slowly (heat, neighbours, caches) weighs on
 * both alike.
 */
export async function inTurns<Value>(
  rounds: number,
  sides: readonly [() => Promise<Value>, () => Promise<Value>],
): Promise<readonly [Value[], Value[]]> {
  const values: [Value[], Value[]] = [[], []];
  for (let turn = 0; turn < rounds; turn += 1) {
    const order = turn % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const);
    for (const side of order) values[side].push(await sides[side]());
  }
  return values;
}

function quantile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (sorted.length - 1) * fraction;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}
