/** A fraction as a person reads it: percent, three decimals at most. */
export function percent(share: number): string {
  return `${Number((100 * share).toFixed(3))} %`;
}
