import type { Totals } from "./totals.ts";

/** What a worker is made for. */
export interface WorkerTask {
  /** Which dispatcher is tried: the product's, or the textbook one. */
  readonly system: "product" | "peer";
  /** Name of the bug that is planted in this worker; none for the product as it is. */
  readonly mutant?: string | undefined;
}

/** Work for a worker; each is answered by one `Answer`. */
export type Request =
  | { readonly kind: "seeds"; readonly from: number; readonly count: number; readonly untilViolation: boolean }
  | { readonly kind: "exhaustive"; readonly scenario: number };

export interface Answer {
  readonly totals: Totals;
  /** Set when the simulation itself failed. */
  readonly error?: string;
}
