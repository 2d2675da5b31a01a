/** What a reply asks for, in the order of the table in {@link ReplyLabel}. */
export const replyLabels = [
  "throttled",
  "blocked",
  "recipient_invalid",
  "mailbox_full",
  "content_rejected",
  "policy_auth",
  "network",
  "other",
  "not_a_signal",
] as const;

/**
 * - `throttled`: the receiver limits our rate, volume or connections for now: slow down
 * - `blocked`: the receiver refuses our IP, domain or network: stop there, tell a person
 * - `recipient_invalid`: there is no such mailbox or domain: suppress the address
 * - `mailbox_full`: the recipient's storage is full
 * - `content_rejected`: this message was refused for what it holds
 * - `policy_auth`: authentication, reverse DNS, TLS, relaying or sender policy: something of ours must be fixed
 * - `network`: time-outs, DNS, a receiver out of service
 * - `other`: anything else, syntax errors among it
 * - `not_a_signal`: no answer about us: SES's own lists, a recipient's own inbound limit, greylisting
 */
export type ReplyLabel = (typeof replyLabels)[number];

/** Whether a label asks us to send less to this mailbox provider. */
export function asksForLess(label: ReplyLabel): boolean {
  return label === "throttled" || label === "blocked";
}
