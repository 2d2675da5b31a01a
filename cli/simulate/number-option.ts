import { UsageError } from "../usage-error.ts";

interface Range {
  readonly from: number;
  readonly to: number;
}

/** A whole number behind an option. @throws UsageError that names the option and the range */
export function wholeNumber(option: string, given: string, { from, to }: Range): number {
  const value = Number(given);
  if (given.trim() !== "" && Number.isInteger(value) && value >= from && value <= to) return value;
  throw new UsageError(`--${option} ${given}: expected a whole number from ${from} to ${to}.`);
}

/** A number behind an option. @throws UsageError that names the option and the range */
export function anyNumber(option: string, given: string, { from, to }: Range): number {
  const value = Number(given);
  if (given.trim() !== "" && value >= from && value <= to) return value;
  throw new UsageError(`--${option} ${given}: expected a number from ${from} to ${to}.`);
}
