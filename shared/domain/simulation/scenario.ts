/** What a simulation runs under. Recipients, UTC days from 1. */
export interface Scenario {
  readonly days: number;
  /** Days that pass before a closed day is known: 0 is by midnight. */
  readonly delayDays: number;
  /** Hours that pass before a refusal of today is seen; 0 is the previous hour, 24 or more: not today. */
  readonly delayHours: number;
  /** Recipients per UTC day at full volume, all providers. */
  readonly fullPerDay: number;
  /** A true complaint rate at every provider, as a fraction, instead of the drawn one. */
  readonly complaintRate?: number | undefined;
  /** No random shock; instead one on a day of its own. */
  readonly shock?: PlannedShock | undefined;
}

/** The capacity falls at the start of a day, at the providers named. */
export interface PlannedShock {
  readonly day: number;
  /** What is left of it, as a fraction of full volume at that provider. */
  readonly part: number;
  readonly providers: readonly string[];
}
