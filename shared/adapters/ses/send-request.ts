import type { SendEmailCommandInput } from "@aws-sdk/client-sesv2";
import type { EmailRequest } from "../../contracts/email-request.ts";
import type { MailTags } from "../../ports/mail-sender.ts";

/** The application's request as an SDK call: route and tags added, base64 text turned into bytes. */
export function sendRequest(configurationSet: string, email: EmailRequest, tags: MailTags): SendEmailCommandInput {
  const { Content, EmailTags = [], ConfigurationSetName: _chosenByRoute, ...rest } = email;
  const ours = Object.entries(tags).map(([Name, Value]) => ({ Name, Value }));
  return {
    ...rest,
    Content: contentOf(Content),
    EmailTags: [...EmailTags, ...ours],
    ConfigurationSetName: configurationSet,
  };
}

function contentOf({ Simple, Raw, Template }: EmailRequest["Content"]): SendEmailCommandInput["Content"] {
  if (Raw !== undefined) return { Raw: { Data: Buffer.from(Raw.Data, "base64") } };
  if (Simple !== undefined) return { Simple: withBytes(Simple) };
  if (Template !== undefined) return { Template: withBytes(Template) };
  throw new TypeError("an email request has content: the schema requires exactly one kind");
}

type Attachments = NonNullable<EmailRequest["Content"]["Simple"]>["Attachments"];

function withBytes<Content extends { Attachments?: Attachments }>({ Attachments, ...content }: Content) {
  if (Attachments === undefined) return content;
  const bytes = Attachments.map((attachment) => ({
    ...attachment,
    RawContent: Buffer.from(attachment.RawContent, "base64"),
  }));
  return { ...content, Attachments: bytes };
}
