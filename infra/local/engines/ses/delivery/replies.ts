/** What one mailbox provider says; `{ip}` is the sending IP, `{address}` the recipient, `{token}` a transaction id. */
interface ProviderReplies {
  readonly accepted: string;
  readonly deferred: string;
  readonly blocked: string;
  readonly unknownUser: string;
}

/** Replies as the providers word them, because the feedback path reads words. */
const replies: Record<string, ProviderReplies> = {
  gmail: {
    accepted: "250 2.0.0 OK  {token} - gsmtp",
    deferred: [
      "421-4.7.28 [{ip}      15] Our system has detected an unusual rate of",
      "421-4.7.28 unsolicited mail originating from your IP address. To protect our",
      "421-4.7.28 users from spam, mail sent from your IP address has been temporarily",
      "421-4.7.28 rate limited. For more information, go to",
      "421 4.7.28  https://support.google.com/mail/?p=UnsolicitedRateLimitError {token} - gsmtp",
    ].join("\n"),
    blocked: [
      "550-5.7.1 [{ip}      19] Our system has detected that this message is",
      "550-5.7.1 likely suspicious due to the very low reputation of the sending IP",
      "550-5.7.1 address. To best protect our users from spam, the message has been",
      "550 5.7.1 blocked. Please visit https://support.google.com/mail/answer/188131 {token} - gsmtp",
    ].join("\n"),
    unknownUser: [
      "550-5.1.1 The email account that you tried to reach does not exist. Please try",
      "550-5.1.1 double-checking the recipient's email address for typos or",
      "550 5.1.1 unnecessary spaces. https://support.google.com/mail/?p=NoSuchUser {token} - gsmtp",
    ].join("\n"),
  },
  microsoft: {
    accepted: "250 2.6.0 <{token}@email.amazonses.com> Queued mail for delivery",
    deferred:
      "451 4.7.650 The mail server [{ip}] has been temporarily rate limited due to IP reputation. For e-mail delivery information, see https://postmaster.live.com (S775) [{token}.prod.protection.outlook.com]",
    blocked:
      "550 5.7.1 Unfortunately, messages from [{ip}] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150). You can also refer your provider to http://mail.live.com/mail/troubleshooting.aspx#errors. [{token}.prod.protection.outlook.com]",
    unknownUser: "550 5.1.1 RESOLVER.ADR.RecipientNotFound; Recipient {address} not found by SMTP address lookup",
  },
  yahoo: {
    accepted: "250 ok dirdel",
    deferred:
      "421 4.7.0 [TSS04] Messages from {ip} temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes",
    blocked:
      "553 5.7.1 [BL21] Connections will not be accepted from {ip}, because the ip is in Spamhaus's list; see https://postmaster.yahooinc.com/error-codes",
    unknownUser: "550 5.1.1 This user doesn't have an account here ({address})",
  },
};

const otherReplies: ProviderReplies = {
  accepted: "250 2.0.0 Ok: queued as {token}",
  deferred: "451 4.7.1 Too many messages from a new or untrusted IP [{ip}]; please slow down and try again later",
  blocked: "554 5.7.1 Service unavailable; Client host [{ip}] blocked using zen.spamhaus.org",
  unknownUser: "550 5.1.1 <{address}>: Recipient address rejected: User unknown in virtual mailbox table",
};

/** One provider's reply to one attempt. */
export function providerReply(
  provider: string,
  kind: keyof ProviderReplies,
  fill: { ip: string; address: string; token: string },
): string {
  const text = (replies[provider] ?? otherReplies)[kind];
  return text.replaceAll("{ip}", fill.ip).replaceAll("{address}", fill.address).replaceAll("{token}", fill.token);
}

/** The enhanced status of a reply, such as 4.7.28. */
export function statusOf(reply: string): string {
  return /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(reply)?.[0] ?? (reply.startsWith("4") ? "4.0.0" : "5.0.0");
}
