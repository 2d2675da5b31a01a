import * as z from "zod";
import { address } from "./email-address.ts";
import { EmailContent } from "./email-content.ts";
import { EmailTag, maxTags } from "./email-tag.ts";
import type { RawMail } from "./raw-mail.ts";

/** Most recipients of one message, To, Cc and Bcc together (SES quota). */
const maxRecipients = 50;

const addresses = z.array(address).optional();

const destination = z.strictObject({ ToAddresses: addresses, CcAddresses: addresses, BccAddresses: addresses });

const written = z.strictObject({
  FromEmailAddress: address.optional(),
  FromEmailAddressIdentityArn: z.string().optional(),
  Destination: destination.optional(),
  ReplyToAddresses: addresses,
  FeedbackForwardingEmailAddress: address.optional(),
  FeedbackForwardingEmailAddressIdentityArn: z.string().optional(),
  Content: EmailContent,
  EmailTags: z.array(EmailTag).optional(),
  ListManagementOptions: z
    .strictObject({
      ContactListName: z.string().min(1, "is empty: expected the name of a contact list"),
      TopicName: z.string().optional(),
    })
    .optional(),
  TenantName: z.string().optional(),
  ConfigurationSetName: z
    .never("must not be set: ses-warmup chooses the configuration set; name a stream instead and remove this key")
    .optional(),
  EndpointId: z
    .never("must not be set: another Region has none of this deployment's pools and allowances; remove this key")
    .optional(),
});

type Written = z.output<typeof written>;

/**
 * An SES v2 SendEmail request as an application builds it, without ConfigurationSetName: the route decides that. What it
 * leaves to the headers of raw mail comes out as if the request said it.
 */
export const EmailRequest = written.transform((request, context) => {
  const senders = sendersFor(request);
  const destination = destinationFor(request);
  const tags = tagsFor(request);
  for (const part of [senders, destination, tags]) {
    if ("fault" in part) context.addIssue({ code: "custom", ...part.fault });
  }
  if ("fault" in senders || "fault" in destination || "fault" in tags) return z.NEVER;
  return { ...request, ...senders, ...destination, ...tags };
});

export type EmailRequest = z.output<typeof EmailRequest>;

interface Faulty {
  readonly fault: { readonly path: string[]; readonly message: string };
}

function faulty(field: keyof Written, message: string): Faulty {
  return { fault: { path: [field], message } };
}

/** SES sends bounces to the Return-Path header of raw mail only where the request names no sender. */
function sendersFor({ FromEmailAddress, FeedbackForwardingEmailAddress, Content }: Written) {
  if (FromEmailAddress !== undefined) return { FromEmailAddress };
  const senders = Content.Raw?.mail.senders ?? [];
  const [from, another] = senders.filter(({ header }) => header === "From");
  if (from === undefined) return faulty("FromEmailAddress", "is missing: expected the address that sends the mail");
  if (another !== undefined) {
    return faulty(
      "FromEmailAddress",
      "is missing, and the From header has several addresses: expected the one that sends",
    );
  }
  const returnPath = senders.find(({ header }) => header === "Return-Path")?.address;
  const forwarding = FeedbackForwardingEmailAddress ?? returnPath;
  return {
    FromEmailAddress: from.address,
    ...(forwarding === undefined ? {} : { FeedbackForwardingEmailAddress: forwarding }),
  };
}

/** Who gets the mail is said in one place: by the request, or else by the headers of raw mail, where SES reads it too. */
function destinationFor({ Destination, Content }: Written) {
  const mail = Content.Raw?.mail;
  if (mail === undefined) {
    if (Destination !== undefined) return counted(Destination, "");
    return faulty("Destination", "is missing: expected ToAddresses, CcAddresses or BccAddresses");
  }
  if (Destination === undefined || recipientsOf(Destination).length === 0) return destinationIn(mail);
  if (mail.bcc?.length === 0) return counted(Destination, "");
  return faulty(
    "Destination",
    "is there, and the raw mail has a Bcc header as well: name those recipients in BccAddresses and remove the header",
  );
}

function destinationIn({ to, cc, bcc }: RawMail) {
  if (to !== undefined && cc !== undefined && bcc !== undefined) {
    return counted(
      { ToAddresses: to, CcAddresses: cc, BccAddresses: bcc },
      "names nobody, and in its place the raw mail ",
    );
  }
  return faulty(
    "Destination",
    "names nobody, and the To, Cc or Bcc header of the raw mail cannot be read: expected addresses such as Name <name@example.com>, in ASCII, or a Destination",
  );
}

function counted(Destination: Recipients, instead: string) {
  const count = recipientsOf(Destination).length;
  if (count >= 1 && count <= maxRecipients) return { Destination };
  return faulty(
    "Destination",
    `${instead}has ${count} recipients: expected 1 to ${maxRecipients} in To, Cc and Bcc together`,
  );
}

/** SES reads tags in headers only where the request has none, and ours are always there. Of one name the request's counts. */
function tagsFor({ EmailTags = [], Content }: Written) {
  const named = new Set(EmailTags.map(({ Name }) => Name));
  const inHeaders = (Content.Raw?.mail.tags ?? []).filter(({ Name }) => !named.has(Name));
  const tags = [...EmailTags, ...inHeaders];
  if (tags.length > maxTags) {
    return faulty("EmailTags", `has more than ${maxTags} tags: eight of the 50 that SES takes are ses-warmup's own`);
  }
  return tags.length === 0 ? {} : { EmailTags: tags };
}

type Recipients = z.output<typeof destination>;

/** Every recipient of a message: To, Cc, then Bcc. */
export function recipientsOf({ ToAddresses = [], CcAddresses = [], BccAddresses = [] }: Recipients): string[] {
  return [...ToAddresses, ...CcAddresses, ...BccAddresses];
}

/** Every address in whose name a mail goes out, and the place that has it. */
export function sendersOf({ FromEmailAddress, FeedbackForwardingEmailAddress, Content }: EmailRequest) {
  const inHeaders = Content.Raw?.mail.senders ?? [];
  return [
    { where: "FromEmailAddress", address: FromEmailAddress },
    ...(FeedbackForwardingEmailAddress === undefined
      ? []
      : [{ where: "FeedbackForwardingEmailAddress", address: FeedbackForwardingEmailAddress }]),
    ...inHeaders.map(({ header, address }) => ({ where: `the ${header} header`, address })),
  ];
}
