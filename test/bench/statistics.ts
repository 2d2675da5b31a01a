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
 * Measures all sides in the order A B B A A B ..., so that whatever changes slowly (heat, neighbours, caches) weighs on
 * each alike. @returns values by side, in the order of the turns
 */
export async function inTurns<Value, Sides extends string>(
  turns: number,
  sides: Readonly<Record<Sides, () => Promise<Value>>>,
): Promise<Readonly<Record<Sides, readonly Value[]>>> {
  const names = Object.keys(sides) as Sides[];
  const values = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Sides, Value[]>;
  for (let turn = 0; turn < turns; turn += 1) {
    const order = turn % 2 === 0 ? names : names.toReversed();
    for (const name of order) values[name].push(await sides[name]());
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
