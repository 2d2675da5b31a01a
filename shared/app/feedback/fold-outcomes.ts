import { parseMailbox } from "../../contracts/email-address.ts";
import type { SesEvent } from "../../contracts/ses-event.ts";
import { type MailOutcome, outcomeOf } from "../../domain/feedback/outcome.ts";
import type { ProviderDirectory } from "../../domain/routing/mailbox-provider.ts";
import type { RouteKind } from "../../domain/routing/route.ts";
import type { OutcomeKey } from "../../ports/outcome-counts.ts";

type Counts = Partial<Record<MailOutcome, number>>;

export interface Folded {
  readonly key: OutcomeKey;
  readonly counts: Counts;
  /** Ids of the records that were counted. */
  readonly records: ReadonlySet<string>;
}

/** Sums a batch of events by (pool, route, provider, day of sending). `ignored` counts events without our tags. */
export function foldOutcomes(
  providers: ProviderDirectory,
  events: ReadonlyMap<string, SesEvent>,
): { folded: Folded[]; ignored: number } {
  const byKey = new Map<string, { key: OutcomeKey; counts: Counts; records: Set<string> }>();
  let ignored = 0;
  for (const [recordId, event] of events) {
    const tagged = taggedKey(event);
    if (tagged === undefined) {
      ignored += 1;
      continue;
    }
    for (const { address, outcome } of recipientOutcomes(event)) {
      const provider =
        tagged.provider === "several" ? providers.of(parseMailbox(address)?.domain ?? "") : tagged.provider;
      const key = { ...tagged, provider };
      const name = `${key.pool}/${key.route}/${key.provider}/${key.day}`;
      const { counts, records } = byKey.get(name) ?? { counts: emptyCounts(), records: new Set<string>() };
      records.add(recordId);
      counts[outcome] = (counts[outcome] ?? 0) + 1;
      byKey.set(name, { key, counts, records });
    }
  }
  return { folded: [...byKey.values()], ignored };
}

function emptyCounts(): Counts {
  return {};
}

function taggedKey({ mail: { tags } }: SesEvent): OutcomeKey | undefined {
  const pool = tags["sw-pool"]?.[0];
  const provider = tags["sw-provider"]?.[0];
  const day = tags["sw-day"]?.[0];
  const route = routeKind(tags["sw-route"]?.[0]);
  if (pool === undefined || provider === undefined || day === undefined || route === undefined) return undefined;
  return { pool, provider, day, route };
}

function routeKind(text: string | undefined): RouteKind | undefined {
  return text === "warming" || text === "established" || text === "shared" ? text : undefined;
}

function recipientOutcomes(event: SesEvent): { address: string; outcome: MailOutcome }[] {
  return recipientsOf(event).flatMap(({ emailAddress, diagnosticCode }) => {
    const outcome = outcomeOf({
      eventType: event.eventType,
      bounceType: event.bounce?.bounceType,
      bounceSubType: event.bounce?.bounceSubType,
      delayType: event.deliveryDelay?.delayType,
      complaintFeedbackType: event.complaint?.complaintFeedbackType,
      diagnosticCode,
    });
    return outcome === undefined ? [] : [{ address: emailAddress, outcome }];
  });
}

function recipientsOf(event: SesEvent): { emailAddress: string; diagnosticCode?: string | undefined }[] {
  return (
    event.bounce?.bouncedRecipients ??
    event.complaint?.complainedRecipients ??
    event.deliveryDelay?.delayedRecipients ??
    (event.delivery?.recipients ?? event.mail.destination).map((emailAddress) => ({ emailAddress }))
  );
}
