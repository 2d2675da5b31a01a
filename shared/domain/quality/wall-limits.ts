import type { WallCause, WallLevel } from "./wall.ts";

/** What is measured of a list's quality. */
export type MeasuredCause = Exclude<WallCause, "list">;

/** From this rate on a wall has this level; a fraction, by the lower bound of its confidence interval. */
export interface WallLimit {
  readonly level: WallLevel;
  readonly rate: number;
  /** Where the figure comes from. */
  readonly source: string;
}

/** What is counted for one cause, and how much of it is needed. */
export interface WallMeasure {
  /** UTC days that count, today included. */
  readonly days: number;
  /** Fewest recipients that tell anything. */
  readonly fewest: number;
  /** Fewest bounces or complaints that raise a wall. */
  readonly fewestHits: number;
  /** Mild to severe. */
  readonly limits: readonly WallLimit[];
}

const owlat = "Owlat: slows above 3 % hard bounces, stops above 8 %";
const enforcement = "AWS enforcement FAQ: review at 5 % bounces and 0.1 % complaints, pause at 10 % and 0.5 %";
const gmail = "Gmail sender guidelines: spam rate below 0.1 %, never 0.3 %";

/** Each cause with its limits: all below the rates at which SES pauses a whole account, or at them. */
export const wallMeasures: Readonly<Record<MeasuredCause, WallMeasure>> = {
  bounces: {
    days: 3,
    fewest: 200,
    fewestHits: 1,
    limits: [
      { level: "hold-growth", rate: 0.03, source: owlat },
      { level: "no-warming", rate: 0.05, source: enforcement },
      { level: "no-overflow", rate: 0.08, source: owlat },
    ],
  },
  complaints: {
    // They come days late.
    days: 7,
    fewest: 1_000,
    fewestHits: 3,
    limits: [
      { level: "hold-growth", rate: 0.001, source: enforcement },
      { level: "no-warming", rate: 0.003, source: gmail },
      { level: "no-overflow", rate: 0.005, source: enforcement },
    ],
  },
};

/** A wall falls only below this part of its limit, so that a rate at the limit does not switch it on and off. */
export const fallsBelow = 0.8;
