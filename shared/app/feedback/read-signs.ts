import { parseMailbox } from "../../contracts/email-address.ts";
import type { SesEvent } from "../../contracts/ses-event.ts";
import { type Arm, parseArm } from "../../domain/feedback/arm.ts";
import { classifyEvent, gravest } from "../../domain/feedback/reply/classify-event.ts";
import type { ReplyLabel } from "../../domain/feedback/reply/label.ts";
import { globalListRule } from "../../domain/feedback/reply/ses-word.ts";
import { sureRules } from "../../domain/feedback/reply/sure-rules.ts";
import { type SignKind, signText } from "../../domain/feedback/sign.ts";
import { otherProvider, type ProviderDirectory } from "../../domain/routing/mailbox-provider.ts";
import type { RouteKind } from "../../domain/routing/route.ts";
import { dayMs, dayNumber, type UtcDay, utcDay } from "../../domain/utc-day.ts";

/** How a deployment reads events; fixed for the life of the function. */
export interface ReadingSettings {
  readonly providers: ProviderDirectory;
  /** IPs we send from. */
  readonly ownIps: readonly string[];
  /** A short hash: addresses are not kept. */
  readonly fingerprint: (text: string) => string;
}

/** What one event says of one recipient. */
export interface EventSign {
  readonly pool: string;
  readonly route: RouteKind;
  readonly stream: string;
  readonly arm: Arm;
  readonly day: UtcDay;
  readonly provider: string;
  readonly kind: SignKind;
  /** Fingerprint of message and recipient. */
  readonly mail: string;
  /** The bare address, in lower case. */
  readonly address: string;
  /** When it happened, epoch ms. */
  readonly atMs: number;
  /** The address is dead for good: no such mailbox, by a rule that knows the reply, in a permanent bounce. */
  readonly dead: boolean;
}

/** Where a message was sent, from its tags. */
type Sent = Pick<EventSign, "pool" | "route" | "stream" | "arm" | "day"> & { readonly provider: string };

/** Every sign an event gives; undefined when it is of no mail of ours. */
export function readSigns(settings: ReadingSettings, event: SesEvent): readonly EventSign[] | undefined {
  const sent = sentOf(event);
  if (sent === undefined) return undefined;
  const atMs = timeOf(event, sent.day);
  const isPermanent = event.bounce?.bounceType === "Permanent";
  const signs = kindsOf(settings, sent, event).map(({ address: written, kind, known }): EventSign => {
    const address = written.toLowerCase();
    const provider = providerOf(settings, sent, address);
    const mail = settings.fingerprint(`${event.mail.messageId}\n${address}`);
    const dead = kind === "recipient_invalid" && isPermanent && known === true;
    return { ...sent, provider, kind, mail, address, atMs, dead };
  });
  // An event may name one recipient twice, as it was written and bare.
  return [...new Map(signs.map((sign) => [signText(sign), sign])).values()];
}

const name = /^[A-Za-z0-9_-]{1,64}$/;

function sentOf({ mail: { tags } }: SesEvent): Sent | undefined {
  const tag = (of: string): string | undefined => tags[of]?.find((value) => name.test(value));
  const [pool, stream, provider, day] = [tag("sw-pool"), tag("sw-stream"), tag("sw-provider"), tag("sw-day")];
  const route = routeKind(tag("sw-route"));
  if (pool === undefined || stream === undefined || provider === undefined) return undefined;
  if (route === undefined || day === undefined || !isDay(day)) return undefined;
  return { pool, stream, arm: parseArm(tag("sw-arm")), provider, day, route };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && utcDay(dayNumber(text) * dayMs) === text;
}

function routeKind(text: string | undefined): RouteKind | undefined {
  return text === "warming" || text === "established" || text === "shared" ? text : undefined;
}

/** SES gives up after 14 hours, and complaints come for days; nothing later says anything of that day. */
const latestDays = 15;

/** The event's own time, within the days that can tell of its mail; the start of its day where it has none. */
function timeOf({ bounce, complaint, delivery, deliveryDelay, mail }: SesEvent, day: UtcDay): number {
  const startMs = dayNumber(day) * dayMs;
  const atMs = (bounce ?? complaint ?? delivery ?? deliveryDelay)?.timestamp ?? mail.timestamp ?? startMs;
  return Math.min(Math.max(atMs, startMs), startMs + latestDays * dayMs);
}

function providerOf({ providers }: ReadingSettings, { provider }: Sent, address: string): string {
  return provider === "several" ? providers.of(parseMailbox(address)?.domain ?? "") : provider;
}

interface AddressKind {
  readonly address: string;
  readonly kind: SignKind;
  /** A rule knows the reply. */
  readonly known?: boolean;
}

function kindsOf(settings: ReadingSettings, sent: Sent, event: SesEvent): AddressKind[] {
  const { destination } = event.mail;
  const all = (addresses: readonly string[], kind: SignKind): AddressKind[] =>
    addresses.map((address) => ({ address, kind }));
  switch (event.eventType) {
    case "Send":
      return all(destination, "accepted");
    case "Delivery":
      return all(event.delivery?.recipients ?? destination, "delivered");
    case "Reject":
    case "Rendering Failure":
      return all(destination, "unsent");
    case "Complaint":
      return gravest(classifyEvent(event)).label === "not_a_signal" ? [] : complaintOf(event);
    case "Bounce":
    case "DeliveryDelay":
      return repliedKinds(settings, sent, event);
    default:
      return [];
  }
}

/**
 * One person complained. SES does not know who, and names every recipient that it may have been: the first by name
 * stands for them, so that the same complaint is the same sign.
 */
function complaintOf({ complaint, mail: { destination } }: SesEvent): AddressKind[] {
  const named = complaint?.complainedRecipients.map(({ emailAddress }) => emailAddress.toLowerCase()) ?? [];
  const [address] = (named.length > 0 ? named : destination).toSorted();
  return address === undefined ? [] : [{ address, kind: "complained" }];
}

function repliedKinds({ ownIps }: ReadingSettings, { provider }: Sent, event: SesEvent): AddressKind[] {
  const around = { ownIps, provider: provider === "several" ? undefined : provider };
  return classifyEvent(event, around).flatMap(({ emailAddress: address, label, rule, unclassified }): AddressKind[] => {
    if (address === undefined) return [];
    if (rule === globalListRule) return [{ address, kind: "suppressed" }];
    if (label === "not_a_signal") return [];
    const kind = kindOf(label, rule, provider);
    return unclassified
      ? [
          { address, kind },
          { address, kind: "unclassified" },
        ]
      : [{ address, kind, known: true }];
  });
}

/** `other` is many receivers: what one of them is sure of says nothing of the rest. */
function kindOf(label: Exclude<ReplyLabel, "not_a_signal">, rule: string, provider: string): SignKind {
  const isSure = sureRules.has(rule) && provider !== otherProvider;
  if (label === "throttled") return isSure ? "throttled-sure" : "throttled";
  if (label === "blocked") return isSure ? "blocked-sure" : "blocked";
  return label;
}
