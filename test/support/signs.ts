import { type Arm, streamArmText } from "../../shared/domain/feedback/arm.ts";
import type { OutcomeCounts } from "../../shared/domain/feedback/outcome-counts.ts";
import { type SignKind, signText } from "../../shared/domain/feedback/sign.ts";
import type { RouteKind } from "../../shared/domain/routing/route.ts";
import { dayMs, dayNumber, type UtcDay } from "../../shared/domain/utc-day.ts";
import type { OutcomeStore } from "../../shared/ports/outcome-store.ts";

const kinds: Readonly<Record<keyof OutcomeCounts, SignKind>> = {
  accepted: "accepted",
  delivered: "delivered",
  deferred: "throttled",
  blocked: "blocked",
  bounced: "recipient_invalid",
  complained: "complained",
  mailboxFull: "mailbox_full",
  contentRejected: "content_rejected",
  policyAuth: "policy_auth",
  network: "network",
  other: "other",
  unclassified: "unclassified",
  suppressed: "suppressed",
  unsent: "unsent",
};

let mails = 0;

/** Signs of mails that no other sign is of, as texts. */
export function newSigns(route: RouteKind, counts: Partial<OutcomeCounts>): Set<string> {
  const signs = new Set<string>();
  for (const [outcome, count] of Object.entries(counts) as [keyof OutcomeCounts, number][]) {
    if (count < 0) throw new RangeError(`${outcome}: signs are only ever added`);
    for (let left = count; left > 0; left -= 1) {
      mails += 1;
      signs.add(signText({ route, kind: kinds[outcome], mail: `mail-${mails}` }));
    }
  }
  return signs;
}

export interface SignsOf {
  readonly pool: string;
  readonly route: RouteKind;
  readonly provider: string;
  readonly day: UtcDay;
  /** @default "news" */
  readonly stream?: string;
  /** @default "none" */
  readonly arm?: Arm;
}

/** Keeps signs of so many new mails, at noon of their day. */
export async function keepCounts(
  store: OutcomeStore,
  { pool, route, provider, day, stream = "news", arm = "none" }: SignsOf,
  counts: Partial<OutcomeCounts>,
): Promise<void> {
  const slotMs = dayNumber(day) * dayMs + dayMs / 2;
  const byStream = new Map([[streamArmText(stream, arm), newSigns(route, counts)]]);
  await store.keep({ pool, day }, [{ provider, slotMs, byStream }], slotMs);
}
