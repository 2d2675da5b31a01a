import type { SendEmailCommandInput } from "@aws-sdk/client-sesv2";
import { encodeWord } from "nodemailer/lib/mime-funcs";
import { isAscii } from "../../contracts/ascii.ts";
import { parseMailbox } from "../../contracts/email-address.ts";
import type { EmailRequest } from "../../contracts/email-request.ts";
import type { MailTags } from "../../ports/mail-sender.ts";

/** The application's request as an SDK call: route and tags added, base64 text turned into bytes, names encoded. */
export function sendRequest(configurationSet: string, email: EmailRequest, tags: MailTags): SendEmailCommandInput {
  const { Content, Destination, EmailTags = [], ConfigurationSetName: _chosenByRoute, ...rest } = email;
  const { FeedbackForwardingEmailAddress: forwarding, ReplyToAddresses: replyTo } = rest;
  const ours = Object.entries(tags).map(([Name, Value]) => ({ Name, Value }));
  return {
    ...rest,
    FromEmailAddress: inAscii(rest.FromEmailAddress),
    Destination: {
      ToAddresses: Destination.ToAddresses?.map(inAscii),
      CcAddresses: Destination.CcAddresses?.map(inAscii),
      BccAddresses: Destination.BccAddresses?.map(inAscii),
    },
    ReplyToAddresses: replyTo?.map(inAscii),
    FeedbackForwardingEmailAddress: forwarding && inAscii(forwarding),
    Content: contentOf(Content),
    EmailTags: [...EmailTags, ...ours],
    ConfigurationSetName: configurationSet,
  };
}

/** Longest encoded word (RFC 2047 2). */
const maxWordLength = 75;

/** SES takes names in 7-bit ASCII only, others as encoded words. Addresses are ASCII (email-address.ts). */
function inAscii(mailbox: string): string {
  const read = isAscii(mailbox) ? undefined : parseMailbox(mailbox);
  if (read === undefined) return mailbox;
  return read.name === "" ? read.address : `${encodeWord(read.name, "B", maxWordLength)} <${read.address}>`;
}

function contentOf({ Simple, Raw, Template }: EmailRequest["Content"]): SendEmailCommandInput["Content"] {
  if (Raw !== undefined) return { Raw: { Data: Buffer.from(Raw.Data, "base64") } };
  if (Simple !== undefined) return { Simple: simpleOf(Simple) };
  if (Template !== undefined) return { Template: withBytes(Template) };
  throw new TypeError("an email request has content: the schema requires exactly one kind");
}

type Simple = NonNullable<EmailRequest["Content"]["Simple"]>;

function simpleOf({ Subject, Body: { Text, Html }, ...rest }: Simple) {
  const body = { Text: Text && withCharset(Text), Html: Html && withCharset(Html) };
  return { ...withBytes(rest), Subject: withCharset(Subject), Body: body };
}

/** SES reads text as ASCII unless the request says otherwise; JSON text is no other than Unicode. */
function withCharset(part: Simple["Subject"]): Simple["Subject"] {
  return part.Charset !== undefined || isAscii(part.Data) ? part : { ...part, Charset: "UTF-8" };
}

function withBytes<Content extends { Attachments?: Simple["Attachments"] }>({ Attachments, ...content }: Content) {
  if (Attachments === undefined) return content;
  const bytes = Attachments.map((attachment) => ({
    ...attachment,
    RawContent: Buffer.from(attachment.RawContent, "base64"),
  }));
  return { ...content, Attachments: bytes };
}
