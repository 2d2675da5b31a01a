import { rateAtLeast } from "../confidence.ts";

/** From what share on refusals are a sign. */
export interface RefusalSettings {
  /** Share refused, by its confidence bound and above the usual, from which a day counts as refused; a fraction. */
  readonly refusedFrom: number;
  /** How much the usual share may be exceeded by chance, a ratio. 0: nothing is usual. */
  readonly usualSpread: number;
  /** Share of the latest hour's answers refused, by its confidence bound, that ends the day; a fraction. */
  readonly stopsFrom: number;
}

/** What a stretch of time brought, in recipients. */
export interface Answers {
  readonly refused: number;
  readonly offered: number;
}

export const noAnswers: Answers = { refused: 0, offered: 0 };

/** Fewest refusals that say anything. */
const fewestRefused = 2;

/** Fewest answers that the latest hour is judged by: where it has fewer, it begins earlier. */
const fewestAnswers = 10;

/**
 * Whether a day that is not over yet ends with its latest hour. A provider at its limit refuses nearly all that comes
 * then, whatever it took before; what it always refuses is spread over the day, and ends none.
 * @param parts - of the day, oldest first, so many to an hour
 */
export function endsDay({ stopsFrom }: RefusalSettings, parts: readonly Answers[], partsPerHour: number): boolean {
  let [refused, offered] = [0, 0];
  for (let back = 1; back <= parts.length; back += 1) {
    if (back > partsPerHour && offered >= fewestAnswers) break;
    const part = parts[parts.length - back];
    refused += part?.refused ?? 0;
    offered += part?.offered ?? 0;
  }
  return refused >= fewestRefused && rateAtLeast(refused, offered) > stopsFrom;
}

/** The best of so many days count for the usual: the others may have met the limit. */
export const usualDays = 5;
const bestDays = 2;

/** Share of mail that a provider refuses whatever it is sent, a fraction: greylisting, full mailboxes, bad minutes. */
function usualShare(latest: readonly Answers[]): number {
  const share = ({ refused, offered }: Answers): number => refused / Math.max(1, offered);
  const best = latest.toSorted((one, other) => share(one) - share(other)).slice(0, bestDays);
  return share({
    refused: best.reduce((sum, { refused }) => sum + refused, 0),
    offered: best.reduce((sum, { offered }) => sum + offered, 0),
  });
}

/** Whether so many of a day's recipients were refused that it is a sign, and not the noise there always is. */
export function isRefused(
  { refusedFrom, usualSpread }: RefusalSettings,
  { latest }: { readonly latest: readonly Answers[] },
  { refused, offered }: Answers,
): boolean {
  return refused >= fewestRefused && rateAtLeast(refused, offered) > refusedFrom + usualSpread * usualShare(latest);
}
