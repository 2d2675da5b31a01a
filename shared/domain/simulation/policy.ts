/** What is known of a closed day of one provider, in recipients. */
export interface DayReport {
  /** Days count from 1. */
  readonly day: number;
  /** What the policy allowed that day. */
  readonly allowance: number;
  readonly offered: number;
  readonly accepted: number;
  readonly deferred: number;
  readonly blocked: number;
}

/** What can be seen of today at the start of an hour: all that was offered, and what the events so far tell. */
export interface TodaySeen {
  readonly hour: number;
  /** Offered in the hours whose answers are known. */
  readonly offered: number;
  /** Deferred and blocked in those hours. */
  readonly refused: number;
  readonly deferred: number;
  readonly blocked: number;
}

/** How much one IP may send to one provider. It sees what SES's events tell, with their delay, and nothing else. */
export interface Policy {
  /** Recipients for a day, asked before its first hour; fractions count only in the policy's own reckoning. */
  allowance(day: number): number;
  /** Recipients that may have been offered by the end of an hour; the whole allowance when left out. */
  openBy?(seen: TodaySeen): number;
  /** A closed day; days come in order. */
  learn(report: DayReport): void;
  /** Complaints about mail of a closed day; they come a day after its report. */
  learnComplaints?(day: number, complaints: number): void;
}

/** What a policy knows before its first day. */
export interface PolicySetup {
  readonly provider: string;
  /** Fraction of all mail that goes to this provider. */
  readonly share: number;
  /** Recipients per UTC day at full volume, all providers. */
  readonly fullPerDay: number;
  /** Days that pass before a closed day is known: 0, 1 or 2. */
  readonly delayDays: number;
  /** Hours that pass before a refusal of today is seen; 24 or more: not today. */
  readonly delayHours: number;
}

export type PolicyMaker = (setup: PolicySetup) => Policy;
