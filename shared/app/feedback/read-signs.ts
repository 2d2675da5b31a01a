import type { SesEvent } from "../../contracts/ses-event.ts";
import { classifyEvent, gravest } from "../../domain/feedback/reply/classify-event.ts";
import type { ReplyLabel } from "../../domain/feedback/reply/label.ts";
import { globalListRule } from "../../domain/feedback/reply/ses-word.ts";
import { sureRules } from "../../domain/feedback/reply/sure-rules.ts";
import { type SignKind, signText } from "../../domain/feedback/sign.ts";
import { otherProvider } from "../../domain/routing/mailbox-provider.ts";
import { providerAt, type ReadingSettings, type SentMail, sentMail, timeOf } from "./sent-mail.ts";

/** What one event says of one recipient. */
export interface EventSign extends SentMail {
  /** The recipient's own. */
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

/** Every sign an event gives; undefined when it is of no mail of ours. */
export function readSigns(settings: ReadingSettings, event: SesEvent): readonly EventSign[] | undefined {
  const sent = sentMail(event);
  if (sent === undefined) return undefined;
  const atMs = timeOf(event, sent.day);
  const isPermanent = event.bounce?.bounceType === "Permanent";
  const signs = kindsOf(settings, sent, event).map(({ address: written, kind, known }): EventSign => {
    const address = written.toLowerCase();
    const provider = providerAt(settings, sent, address);
    const mail = settings.fingerprint(`${event.mail.messageId}\n${address}`);
    const dead = kind === "recipient_invalid" && isPermanent && known === true;
    return { ...sent, provider, kind, mail, address, atMs, dead };
  });
  // An event may name one recipient twice, as it was written and bare.
  return [...new Map(signs.map((sign) => [signText(sign), sign])).values()];
}

interface AddressKind {
  readonly address: string;
  readonly kind: SignKind;
  /** A rule knows the reply. */
  readonly known?: boolean;
}

function kindsOf(settings: ReadingSettings, sent: SentMail, event: SesEvent): AddressKind[] {
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

function repliedKinds({ ownIps }: ReadingSettings, { provider }: SentMail, event: SesEvent): AddressKind[] {
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
