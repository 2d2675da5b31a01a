import * as z from "zod";

const Content = z.object({ Data: z.string() });
const Headers = z.array(z.object({ Name: z.string().min(1), Value: z.string() }));
const Attachments = z.array(
  z.object({ FileName: z.string(), RawContent: z.string(), ContentType: z.string().optional() }),
);

const Simple = z.object({
  Subject: Content,
  Body: z.object({ Text: Content.optional(), Html: Content.optional() }),
  Headers: Headers.optional(),
  Attachments: Attachments.optional(),
});

export const TemplateContent = z.object({
  Subject: z.string().optional(),
  Text: z.string().optional(),
  Html: z.string().optional(),
});

const Template = z.object({
  TemplateName: z.string().optional(),
  TemplateArn: z.string().optional(),
  TemplateContent: TemplateContent.optional(),
  TemplateData: z.string().optional(),
  Headers: Headers.optional(),
  Attachments: Attachments.optional(),
});
export type TemplateInput = z.infer<typeof Template>;

const EmailContent = z.object({
  Simple: Simple.optional(),
  Raw: z.object({ Data: z.string() }).optional(),
  Template: Template.optional(),
});
export type SimpleInput = z.infer<typeof Simple>;

const Destination = z.object({
  ToAddresses: z.array(z.string()).optional(),
  CcAddresses: z.array(z.string()).optional(),
  BccAddresses: z.array(z.string()).optional(),
});
export type Destination = z.infer<typeof Destination>;

const MessageTags = z.array(z.object({ Name: z.string(), Value: z.string() }));
export type MessageTags = z.infer<typeof MessageTags>;

/** What any send may name, beside its mail. */
const Named = {
  ConfigurationSetName: z.string().optional(),
  FromEmailAddressIdentityArn: z.string().optional(),
  TenantName: z.string().optional(),
};

/** What a send says about the list it is for. */
const ListManagementOptions = z.object({ ContactListName: z.string(), TopicName: z.string().optional() });
export type ListManagementOptions = z.infer<typeof ListManagementOptions>;

/** Body of SendEmail. Fields that change nothing here are not named and so are passed over. */
export const SendEmailInput = z.object({
  FromEmailAddress: z.string().optional(),
  Destination: Destination.optional(),
  ReplyToAddresses: z.array(z.string()).optional(),
  Content: EmailContent,
  EmailTags: MessageTags.optional(),
  ...Named,
  ListManagementOptions: ListManagementOptions.optional(),
});
export type SendEmailInput = z.infer<typeof SendEmailInput>;

export const SendBulkEmailInput = z.object({
  FromEmailAddress: z.string().optional(),
  ReplyToAddresses: z.array(z.string()).optional(),
  DefaultEmailTags: MessageTags.optional(),
  DefaultContent: z.object({ Template: Template.optional() }),
  BulkEmailEntries: z
    .array(
      z.object({
        Destination: Destination,
        ReplacementTags: MessageTags.optional(),
        ReplacementEmailContent: z
          .object({ ReplacementTemplate: z.object({ ReplacementTemplateData: z.string().optional() }).optional() })
          .optional(),
        ReplacementHeaders: Headers.optional(),
      }),
    )
    .min(1)
    .max(50),
  ...Named,
});
export type SendBulkEmailInput = z.infer<typeof SendBulkEmailInput>;
