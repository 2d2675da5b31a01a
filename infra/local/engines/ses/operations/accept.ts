import type { Caller, SesContext } from "../context.ts";
import type { KeptBack } from "../delivery/kept-back.ts";
import { isSimulator } from "../delivery/simulator.ts";
import { cutHeaders, type Mail } from "../events/mail.ts";
import { domainOf } from "../message/addresses.ts";
import type { ComposedMail } from "../message/composed-mail.ts";
import { identityOf } from "../message/identity-of.ts";
import { messageIdOf } from "../message/message-id.ts";
import { headerValue } from "../message/read-raw.ts";
import { hasVirus } from "../message/virus.ts";
import { ofMessage } from "../refusals.ts";
import { badRequest } from "../ses-error.ts";
import type { Message } from "../state/messages.ts";
import type { ConfigurationSet } from "../state/registry.ts";
import type { Sender } from "./sender.ts";

const maxRecipients = 50;
const maxMessageBytes = 40 * 1024 * 1024;
/** Bodies above this are not kept, only their size. */
const maxKeptBytes = 64 * 1024;
const defaultDeliverySeconds = 50_400;

/** A mail that has passed its own checks, with what it is sent under. */
export interface Outgoing {
  readonly operation: "SendEmail" | "SendBulkEmail";
  readonly mail: ComposedMail;
  readonly tags: Record<string, string>;
  readonly set: ConfigurationSet | undefined;
  readonly sender: Sender;
  readonly caller: Caller;
  /** Recipients who do not want mail of the list that the call names. */
  readonly optedOut: ReadonlySet<string>;
}

/** Refuses what SES does not take; nothing is written yet. */
function check({ registry, account }: SesContext, { mail, sender, caller }: Outgoing): void {
  if (mail.recipients.length === 0) throw badRequest("Destination has no recipients.");
  if (mail.recipients.length > maxRecipients) throw badRequest("Recipient count exceeds 50.");
  if (mail.sizeBytes > maxMessageBytes) throw badRequest(`Message length is more than ${maxMessageBytes} bytes long.`);
  if (sender.identity === undefined) throw ofMessage.notVerified(caller.region, [sender.address]);
  const mailFrom = registry.identities.get(sender.identity)?.mailFrom;
  if (mailFrom?.rejects === true) throw ofMessage.mailFromNotVerified(mailFrom.domain);
  if (account.productionAccess) return;
  const strangers = mail.recipients.filter((to) => !isSimulator(to) && identityOf(registry, to) === undefined);
  if (strangers.length > 0) throw ofMessage.notVerified(caller.region, strangers);
}

function mailObject(context: SesContext, outgoing: Outgoing, messageId: string, sentAtMs: number): Mail {
  const { mail, sender, set } = outgoing;
  const own = Object.entries(outgoing.tags).map(([name, value]) => [name, [value]]);
  const tags: Record<string, string[]> = {
    "ses:operation": [outgoing.operation],
    ...(set === undefined ? {} : { "ses:configuration-set": [set.name] }),
    "ses:source-ip": ["127.0.0.1"],
    "ses:from-domain": [domainOf(sender.address)],
    "ses:caller-identity": ["local"],
    ...Object.fromEntries(own),
  };
  return {
    timestamp: new Date(sentAtMs).toISOString(),
    source: mail.from,
    sourceArn: sender.arn,
    sendingAccountId: context.accountId,
    messageId,
    destination: mail.recipients,
    ...cutHeaders(mail.headers),
    commonHeaders: {
      from: [mail.from],
      ...(mail.to.length === 0 ? {} : { to: mail.to }),
      ...(mail.cc.length === 0 ? {} : { cc: mail.cc }),
      messageId,
      subject: mail.subject,
    },
    tags,
  };
}

function toMessage(context: SesContext, outgoing: Outgoing, n: number): Message {
  const { mail, set, tags } = outgoing;
  const sentAtMs = context.nowMs();
  const { ip } = context.sourceIps.choose(set, n, sentAtMs);
  const messageId = messageIdOf(context.options.seed ?? 1, n, sentAtMs);
  return {
    n,
    messageId,
    warmupId: headerValue(mail.headers, "X-SES-Warmup-Id") ?? tags["sw-message"] ?? messageId,
    sentAtMs,
    expiresAtMs: sentAtMs + (set?.maxDeliverySeconds ?? defaultDeliverySeconds) * 1000,
    quotaRecipients: mail.recipients.filter((to) => !isSimulator(to)).length,
    configurationSet: set?.name ?? null,
    ip,
    subject: mail.subject,
    sizeBytes: mail.sizeBytes,
    tags,
    mail: mailObject(context, outgoing, messageId, sentAtMs),
  };
}

/** Ends a message that SES accepts and then does not send. */
function keepUndelivered({ messages }: SesContext, message: Message): void {
  for (const recipient of message.mail.destination) {
    messages.addDelivery({ n: message.n, recipient, outcome: "rejected", attempts: 0, reply: "", dueMs: null });
  }
}

/** Keeps back who must not get it, a report for each cause, and makes the first attempt for the others. */
function carry({ carrier, suppression }: SesContext, { mail, optedOut }: Outgoing, message: Message): void {
  const causeOf = (recipient: string): KeptBack | "none" => {
    if (isSimulator(recipient)) return "none";
    if (optedOut.has(recipient)) return "UNSUBSCRIBED";
    return suppression.keepsBack(recipient, message.configurationSet) ?? "none";
  };
  for (const [cause, recipients] of Map.groupBy(mail.recipients, causeOf)) {
    if (cause !== "none") carrier.keepBack(message, recipients, cause);
    else for (const recipient of recipients) carrier.start(message, recipient, message.sentAtMs);
  }
}

/** Decides whether the account may send this mail now, and where it leaves from. Writes nothing. */
export function admit(context: SesContext, outgoing: Outgoing): Message {
  check(context, outgoing);
  const message = toMessage(context, outgoing, context.messages.lastN() + 1);
  const { sentAtMs, quotaRecipients } = message;
  context.limits.takeSend(outgoing.mail.recipients.length, quotaRecipients, context.account, sentAtMs);
  return message;
}

/** Writes an admitted mail down and makes the first attempt; belongs into a transaction. Gives the message id. */
export function accept(context: SesContext, outgoing: Outgoing, message: Message): string {
  const { mail } = outgoing;
  context.messages.insert(message, Buffer.byteLength(mail.text) <= maxKeptBytes ? mail.text : null);
  context.limits.countSent(message.quotaRecipients, message.sentAtMs);
  if (mail.renderingFailure !== undefined) {
    context.emitter.renderingFailure(message, mail.renderingFailure);
    keepUndelivered(context, message);
  } else if (hasVirus(mail.text)) {
    context.emitter.reject(message);
    keepUndelivered(context, message);
  } else {
    context.emitter.send(message);
    carry(context, outgoing, message);
  }
  return message.messageId;
}
