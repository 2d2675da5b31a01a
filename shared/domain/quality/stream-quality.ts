import { hardBouncesIn, type OutcomeCounts, type OutcomeReading, totalOutcomes } from "../feedback/outcome-counts.ts";
import type { UtcDay } from "../utc-day.ts";

/** What became of a stream's mail that was admitted on one day, in recipients, whatever route it took. */
export interface QualityDay {
  readonly day: UtcDay;
  /** Answered for good, by a provider or by SES's global list. */
  readonly answered: number;
  /** Hard bounces as SES counts them. */
  readonly bounced: number;
  /** Delivered at providers that report complaints. */
  readonly delivered: number;
  /** Complaints from those providers. */
  readonly complained: number;
}

/** Gmail reports no complaints to senders' services: its mail would hide those of others. */
const reportsNoComplaints: ReadonlySet<string> = new Set(["gmail"]);

/** The quality of one stream's mail, day by day, over all pools and routes it left by. */
export function qualityOf(stream: string, readings: readonly OutcomeReading[]): readonly QualityDay[] {
  const own = readings.filter(({ key }) => key.stream === stream);
  const days = new Set(own.map(({ key }) => key.day));
  return [...days].map((day): QualityDay => {
    const all = totalOutcomes(own, (key) => key.day === day);
    const reporting = totalOutcomes(own, (key) => key.day === day && !reportsNoComplaints.has(key.provider));
    return {
      day,
      answered: answeredForGood(all),
      bounced: hardBouncesIn(all),
      delivered: reporting.delivered,
      complained: reporting.complained,
    };
  });
}

/** What has its end. A deferral is none: the same mail is taken or bounces later. */
export function answeredForGood(counts: OutcomeCounts): number {
  return answersIn(counts) - counts.deferred + counts.suppressed;
}

/** Everything a provider answered: delivered, deferred, or refused for whatever reason. */
export function answersIn(counts: OutcomeCounts): number {
  const { delivered, deferred, blocked, bounced, mailboxFull, contentRejected, policyAuth, network, other } = counts;
  return delivered + deferred + blocked + bounced + mailboxFull + contentRejected + policyAuth + network + other;
}
