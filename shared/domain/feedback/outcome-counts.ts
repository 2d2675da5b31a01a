import type { RouteKind } from "../routing/route.ts";
import type { UtcDay } from "../utc-day.ts";
import { type Arm, parseStreamArm } from "./arm.ts";
import { parseSign, type SignKind, type SignSlot } from "./sign.ts";

/** What SES's events said of the mail admitted on one day, in recipients; each recipient of a message counts once. */
export interface OutcomeCounts {
  readonly accepted: number;
  readonly delivered: number;
  /** Refused for now, for rate or volume. */
  readonly deferred: number;
  /** Refused for the sender's reputation. */
  readonly blocked: number;
  /** There is no such mailbox: a hard bounce. */
  readonly bounced: number;
  readonly complained: number;
  readonly mailboxFull: number;
  readonly contentRejected: number;
  readonly policyAuth: number;
  readonly network: number;
  readonly other: number;
  /** Replies no rule knew; each is counted under its label as well. */
  readonly unclassified: number;
  /** On SES's global suppression list: no provider saw it, and SES counts it as a hard bounce. */
  readonly suppressed: number;
  /** SES took the call and sent nothing: its template could not be rendered, or it has a virus. */
  readonly unsent: number;
}

/** Hard bounces as SES counts them for the account. */
export function hardBouncesIn({ bounced, suppressed }: Pick<OutcomeCounts, "bounced" | "suppressed">): number {
  return bounced + suppressed;
}

/** Which outcome a kind of sign counts as. */
const outcomeOf: Readonly<Record<SignKind, keyof OutcomeCounts>> = {
  accepted: "accepted",
  delivered: "delivered",
  complained: "complained",
  throttled: "deferred",
  "throttled-sure": "deferred",
  blocked: "blocked",
  "blocked-sure": "blocked",
  recipient_invalid: "bounced",
  mailbox_full: "mailboxFull",
  content_rejected: "contentRejected",
  policy_auth: "policyAuth",
  network: "network",
  other: "other",
  unclassified: "unclassified",
  suppressed: "suppressed",
  unsent: "unsent",
};

export const noOutcomes: OutcomeCounts = {
  accepted: 0,
  delivered: 0,
  deferred: 0,
  blocked: 0,
  bounced: 0,
  complained: 0,
  mailboxFull: 0,
  contentRejected: 0,
  policyAuth: 0,
  network: 0,
  other: 0,
  unclassified: 0,
  suppressed: 0,
  unsent: 0,
};

/** What outcomes are counted for. */
export interface OutcomeKey {
  readonly pool: string;
  readonly stream: string;
  readonly arm: Arm;
  readonly route: RouteKind;
  readonly provider: string;
  /** The day that admitted the mail, whenever the event came. */
  readonly day: UtcDay;
}

export interface OutcomeReading {
  readonly key: OutcomeKey;
  readonly counts: OutcomeCounts;
}

/** Counts the mails of a pool's day by stream, arm, route and provider; the same mail in several slots counts once. */
export function countSigns(pool: string, day: UtcDay, slots: readonly SignSlot[]): readonly OutcomeReading[] {
  const mails = new Map<string, { key: OutcomeKey; seen: Map<keyof OutcomeCounts, Set<string>> }>();
  for (const { provider, byStream } of slots) {
    for (const [streamArm, texts] of byStream) {
      const { stream, arm } = parseStreamArm(streamArm);
      for (const text of texts) {
        const sign = parseSign(text);
        if (sign === undefined) continue;
        const { route, kind, mail } = sign;
        const name = `${streamArm}/${route}/${provider}`;
        const found = mails.get(name) ?? { key: { pool, stream, arm, route, provider, day }, seen: new Map() };
        const outcome = outcomeOf[kind];
        const counted = found.seen.get(outcome) ?? new Set<string>();
        counted.add(mail);
        found.seen.set(outcome, counted);
        mails.set(name, found);
      }
    }
  }
  return [...mails.values()].map(({ key, seen }) => ({ key, counts: sizes(seen) }));
}

function sizes(seen: ReadonlyMap<keyof OutcomeCounts, ReadonlySet<string>>): OutcomeCounts {
  return { ...noOutcomes, ...Object.fromEntries([...seen].map(([outcome, mails]) => [outcome, mails.size])) };
}

/** Outcomes of all that a choice of keys holds; nothing found is nothing counted. */
export function totalOutcomes(
  readings: readonly OutcomeReading[],
  chosen: (key: OutcomeKey) => boolean,
): OutcomeCounts {
  const total = { ...noOutcomes };
  for (const { key, counts } of readings) {
    if (!chosen(key)) continue;
    for (const outcome of outcomes) total[outcome] += counts[outcome];
  }
  return total;
}

const outcomes = [...new Set(Object.values(outcomeOf))];
