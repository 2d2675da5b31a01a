import * as z from "zod";
import { address, headerText } from "./email-address.ts";

/** Most recipients of one message, To, Cc and Bcc together (SES quota). */
const maxRecipients = 50;

const base64 = z
  .base64("expected base64 text (in JavaScript: Buffer.from(bytes).toString('base64'))")
  .min(1, "is empty: expected base64 text");

const part = z.strictObject({ Data: z.string(), Charset: z.string().optional() });
const subject = part.extend({ Data: headerText });

const header = z.strictObject({
  Name: z
    .string()
    .regex(/^[!-9;-~]{1,126}$/, "is not a header name: expected 1 to 126 printable characters without space or colon"),
  Value: headerText.max(870, "is longer than 870 characters, the most SES takes in a header"),
});

const attachment = z.strictObject({
  RawContent: base64,
  FileName: headerText,
  ContentType: headerText.optional(),
  ContentDisposition: z.enum(["ATTACHMENT", "INLINE"]).optional(),
  ContentDescription: headerText.optional(),
  ContentId: headerText.optional(),
  ContentTransferEncoding: z.enum(["BASE64", "QUOTED_PRINTABLE", "SEVEN_BIT"]).optional(),
});

const headers = z.array(header).max(15, "has more than 15 headers, the most SES takes").optional();
const attachments = z.array(attachment).optional();

const simple = z.strictObject({
  Subject: subject,
  Body: z.strictObject({ Text: part.optional(), Html: part.optional() }),
  Headers: headers,
  Attachments: attachments,
});

const template = z.strictObject({
  TemplateName: z.string().min(1).optional(),
  TemplateArn: z.string().min(1).optional(),
  TemplateContent: z
    .strictObject({ Subject: headerText.optional(), Text: z.string().optional(), Html: z.string().optional() })
    .optional(),
  TemplateData: z.string().optional(),
  Headers: headers,
  Attachments: attachments,
});

const content = z
  .strictObject({
    Simple: simple.optional(),
    Raw: z.strictObject({ Data: base64 }).optional(),
    Template: template.optional(),
  })
  .refine(
    ({ Simple, Raw, Template }) => [Simple, Raw, Template].filter((kind) => kind !== undefined).length === 1,
    "expected exactly one of Simple, Raw and Template",
  );

const emailTag = z.strictObject({
  Name: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,256}$/, "is not a tag name: expected 1 to 256 of A-Z a-z 0-9 _ -")
    .refine((name) => !name.startsWith("sw-"), "starts with sw-, which is kept for ses-warmup's own tags: rename it"),
  Value: z.string().regex(/^[A-Za-z0-9_-]{1,256}$/, "is not a tag value: expected 1 to 256 of A-Z a-z 0-9 _ -"),
});

const addresses = z.array(address).optional();

const destination = z
  .strictObject({ ToAddresses: addresses, CcAddresses: addresses, BccAddresses: addresses })
  .superRefine((recipients, context) => {
    const count = recipientsOf(recipients).length;
    if (count >= 1 && count <= maxRecipients) return;
    context.addIssue({
      code: "custom",
      message: `has ${count} recipients: expected 1 to ${maxRecipients} in To, Cc and Bcc together`,
    });
  });

/** An SES v2 SendEmail request as an application builds it, without ConfigurationSetName: the route decides that. */
export const EmailRequest = z.strictObject({
  FromEmailAddress: address,
  FromEmailAddressIdentityArn: z.string().optional(),
  Destination: destination,
  ReplyToAddresses: addresses,
  FeedbackForwardingEmailAddress: address.optional(),
  FeedbackForwardingEmailAddressIdentityArn: z.string().optional(),
  Content: content,
  EmailTags: z.array(emailTag).max(42, "has more than 42 tags: eight of the 50 are ses-warmup's own").optional(),
  ListManagementOptions: z
    .strictObject({ ContactListName: z.string().min(1), TopicName: z.string().optional() })
    .optional(),
  TenantName: z.string().optional(),
  ConfigurationSetName: z
    .never("must not be set: ses-warmup chooses the configuration set; name a stream instead and remove this key")
    .optional(),
  EndpointId: z
    .never("must not be set: another Region has none of this deployment's pools and allowances; remove this key")
    .optional(),
});

export type EmailRequest = z.output<typeof EmailRequest>;

type Recipients = Pick<EmailRequest["Destination"], "ToAddresses" | "CcAddresses" | "BccAddresses">;

/** Every recipient of a message: To, Cc, then Bcc. */
export function recipientsOf({ ToAddresses = [], CcAddresses = [], BccAddresses = [] }: Recipients): string[] {
  return [...ToAddresses, ...CcAddresses, ...BccAddresses];
}
