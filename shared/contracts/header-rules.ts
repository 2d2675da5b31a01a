const inRequest = (field: string): string => `write it as ${field} of the request and remove the header`;
const bySes = "SES writes it itself: remove the header";
const hidden = "its readers could see it: name these recipients in Destination.BccAddresses and remove the header";
const passedOn = "only mail that is passed on has it: send that mail as Raw, or remove the header";
const bySet = "ses-warmup chooses the configuration set: name a stream instead and remove the header";

/** Has tags in the form `name=value, name=value`. */
export const tagsHeader = "x-ses-message-tags";

/** Headers that tell SES how to send. SES reads them beside the request, where ours must be the only word. */
const sesHeaders: ReadonlyMap<string, string> = new Map([
  ["x-ses-configuration-set", bySet],
  ["x-ses-from-arn", inRequest("FromEmailAddressIdentityArn")],
  ["x-ses-list-management-options", inRequest("ListManagementOptions")],
  [tagsHeader, inRequest("EmailTags")],
  ["x-ses-return-path-arn", inRequest("FeedbackForwardingEmailAddressIdentityArn")],
  ["x-ses-source-arn", inRequest("FromEmailAddressIdentityArn")],
  ["x-ses-tenant", inRequest("TenantName")],
]);

/** What SES once wrote on mail that is passed on: it tells SES nothing. */
const traces: ReadonlySet<string> = new Set([
  "x-ses-outgoing",
  "x-ses-receipt",
  "x-ses-spam-verdict",
  "x-ses-virus-verdict",
]);

/** What the request says, or SES writes (SES developer guide, header fields: disallowed as custom headers), and senders. */
const ofTheRequest: ReadonlyMap<string, string> = new Map([
  ["bcc", inRequest("Destination.BccAddresses")],
  ["cc", inRequest("Destination.CcAddresses")],
  ["content-disposition", bySes],
  ["content-transfer-encoding", bySes],
  ["content-type", bySes],
  ["date", bySes],
  ["from", inRequest("FromEmailAddress")],
  ["message-id", bySes],
  ["mime-version", bySes],
  ["reply-to", inRequest("ReplyToAddresses")],
  ["return-path", inRequest("FeedbackForwardingEmailAddress")],
  ["sender", inRequest("FromEmailAddress")],
  ["subject", inRequest("Subject")],
  ["to", inRequest("Destination.ToAddresses")],
]);

/** What to do instead of giving SES this header beside `Simple` or `Template` content; undefined when it may be given. */
export function insteadOfCustomHeader(name: string): string | undefined {
  const lower = name.toLowerCase();
  return ofTheRequest.get(lower) ?? (lower.startsWith("resent-") ? passedOn : insteadOfSesHeader(lower));
}

/** What to do instead of having this header in raw mail; undefined when it may be there. Tags and Bcc are read (raw-mail.ts). */
export function insteadOfRawHeader(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (lower === "resent-bcc") return hidden;
  return lower === tagsHeader ? undefined : insteadOfSesHeader(lower);
}

function insteadOfSesHeader(lower: string): string | undefined {
  if (!lower.startsWith("x-ses-") || traces.has(lower)) return undefined;
  return sesHeaders.get(lower) ?? "it is none that ses-warmup knows: remove the header";
}
