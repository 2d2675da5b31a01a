import type { ReplyLabel } from "../../../shared/domain/feedback/reply/label.ts";
import { draw } from "../../../shared/domain/provider-model/draw.ts";

/** Words as receivers publish them, and what they ask for. `{ip}`, `{address}` and `{id}` are filled in for each reply. */
const wordings: Readonly<Record<Exclude<ReplyLabel, "other">, readonly string[]>> = {
  throttled: [
    "421 4.7.0 Too many messages from {ip}, please slow down",
    "421 4.4.5 Too many connections from your host",
    "421 4.7.28 Our system has detected an unusual rate of unsolicited mail originating from your IP address. {id} - gsmtp",
    "450 4.7.1 You have exceeded the maximum number of messages per hour",
    "421 Excessive traffic from {ip}",
    "450 Zu viele Verbindungen von Ihrer IP",
  ],
  blocked: [
    "554 5.7.1 Client host [{ip}] blocked using list.example.net",
    "550 5.7.1 Mail from {ip} has been denied. Contact postmaster.",
    "554 Connections from this IP address are not permitted due to poor reputation",
    "550 IP {ip} is on our denylist",
    "554 Ihre IP-Adresse wurde wegen Spam gesperrt",
  ],
  recipient_invalid: [
    "550 5.1.1 The address you wrote to does not exist here: {address}",
    "550 5.1.1 <{address}>... No such mailbox",
    "550 5.2.1 The recipient's account is disabled",
    "550 unknown local-part in this domain",
    "550 Utilisateur inconnu",
    "550 El usuario no existe",
  ],
  mailbox_full: [
    "452 4.2.2 The mailbox is over quota; try again later",
    "552 Storage quota limit exceeded for this user",
    "552 5.2.2 <{address}>... Mailbox is over quota",
    "552 Casella di posta piena",
  ],
  content_rejected: [
    "554 5.7.1 Your message looks like spam",
    "554 5.7.1 The message was classified as spam",
    "552 message exceeds the maximum size of 20 MB",
    "554 5.6.0 Message contains a virus",
  ],
  policy_auth: [
    "550 5.7.1 DMARC check did not pass",
    "550 5.7.0 Must issue a STARTTLS command first",
    "554 5.7.1 Relay access denied",
    "530 5.7.0 Authentication required",
  ],
  network: [
    "connect to mx.example.com[{ip}]:25: Connection refused",
    "421 4.4.2 Error: timeout exceeded",
    "451 4.3.0 Temporary lookup failure",
    "421 Server too busy, try later",
  ],
  not_a_signal: [
    "450 4.2.1 The person you wrote to is receiving mail at a rate that prevents more",
    "451 4.7.1 Greylisting in action, please come back in 00:05:00",
  ],
};

/** Replies no rule has to know: what falls through all of them is the slowest. */
const unheardOf = [
  "450 4.9.9 The seventh moon stands in the wrong house, {id}",
  "571 The committee has met and reached no conclusion about {address}",
];

/** How SES and receivers pass a reply on. */
const envelopes: readonly ((reply: string) => string)[] = [
  (reply) => reply,
  (reply) => `smtp; ${reply}`,
  (reply) => `smtp; 554 4.4.7 Message expired: unable to deliver in 840 minutes.<${reply}>`,
];

/** Who may have received. */
const providers = ["gmail", "microsoft", "yahoo", "apple", "orange", "comcast", undefined] as const;

export interface ClassifiedReply {
  readonly text: string;
  readonly provider: string | undefined;
  /** Undefined where any answer will do. */
  readonly label: ReplyLabel | undefined;
}

const all: readonly Omit<ClassifiedReply, "provider">[] = [
  ...Object.entries(wordings).flatMap(([label, texts]) => texts.map((text) => ({ text, label: label as ReplyLabel }))),
  ...unheardOf.map((text) => ({ text, label: undefined })),
];

/** Purposes of `draw`. */
const purpose = { wording: 1, envelope: 2, provider: 3, ip: 4, id: 5 } as const;

/** The n-th reply; no two have the same text. */
export function replyOf(n: number): ClassifiedReply {
  const { text, label } = chosen(all, n, purpose.wording);
  const ip = `203.0.113.${Math.floor(draw(n, purpose.ip) * 250) + 1}`;
  const id = Math.floor(draw(n, purpose.id) * 2 ** 32).toString(36);
  const filled = text.replaceAll("{ip}", ip).replaceAll("{address}", `${id}@example.com`).replaceAll("{id}", id);
  return {
    text: `${chosen(envelopes, n, purpose.envelope)(filled)} [${id}.${n}]`,
    provider: chosen(providers, n, purpose.provider),
    label,
  };
}

function chosen<Entry>(entries: readonly Entry[], n: number, of: number): Entry {
  return entries[Math.floor(draw(n, of) * entries.length)] as Entry;
}
