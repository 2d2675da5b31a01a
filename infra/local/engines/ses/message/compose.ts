import type { Header } from "../events/mail.ts";
import { badRequest } from "../ses-error.ts";
import { bare, splitAddressList } from "./addresses.ts";
import type { ComposedMail } from "./composed-mail.ts";
import { headerValue, readHeaders, readTagHeader } from "./read-raw.ts";
import { parseTemplateData, RenderingError, renderTemplate } from "./render-template.ts";
import type { Destination, SendEmailInput, SimpleInput, TemplateInput } from "./send-request.ts";

/** Finds a stored template by name; refuses one that does not exist. */
export type TemplateFinder = (name: string) => {
  Subject?: string | undefined;
  Text?: string | undefined;
  Html?: string | undefined;
};

interface Envelope {
  readonly from: string;
  readonly replyTo: readonly string[];
  readonly destination: Destination;
}

const header = (name: string, value: string): Header => ({ name, value });
const listHeader = (name: string, values: readonly string[]): Header[] =>
  values.length === 0 ? [] : [header(name, values.join(", "))];

/** Headers that SES writes itself for content that is not raw. */
function writtenHeaders(envelope: Envelope, subject: string, custom: SimpleInput["Headers"]): Header[] {
  return [
    header("From", envelope.from),
    ...listHeader("Reply-To", envelope.replyTo),
    ...listHeader("To", envelope.destination.ToAddresses ?? []),
    ...listHeader("Cc", envelope.destination.CcAddresses ?? []),
    header("Subject", subject),
    header("MIME-Version", "1.0"),
    ...(custom ?? []).map(({ Name, Value }) => header(Name, Value)),
  ];
}

function everyone(destination: Destination): string[] {
  const { ToAddresses = [], CcAddresses = [], BccAddresses = [] } = destination;
  return [...ToAddresses, ...CcAddresses, ...BccAddresses].map(bare);
}

const sizeOf = (headers: readonly Header[], text: string): number =>
  headers.reduce((bytes, { name, value }) => bytes + name.length + value.length + 4, 2) + Buffer.byteLength(text);

function composeSimple(envelope: Envelope, simple: SimpleInput): ComposedMail {
  const attachments = (simple.Attachments ?? []).map((part) =>
    Buffer.from(part.RawContent, "base64").toString("latin1"),
  );
  const text = [simple.Body.Text?.Data, simple.Body.Html?.Data, ...attachments]
    .filter((part) => part !== undefined)
    .join("\n");
  const headers = writtenHeaders(envelope, simple.Subject.Data, simple.Headers);
  return {
    from: envelope.from,
    to: envelope.destination.ToAddresses ?? [],
    cc: envelope.destination.CcAddresses ?? [],
    recipients: everyone(envelope.destination),
    subject: simple.Subject.Data,
    headers,
    text,
    sizeBytes: sizeOf(headers, text),
  };
}

function composeRaw(input: SendEmailInput, data: string): ComposedMail {
  const text = Buffer.from(data, "base64").toString("utf8");
  const headers = readHeaders(text);
  const from = input.FromEmailAddress ?? headerValue(headers, "From");
  if (from === undefined) throw badRequest("Missing required header 'From'.");
  const listed = (name: string): string[] => splitAddressList(headerValue(headers, name) ?? "");
  const inHeaders = { ToAddresses: listed("To"), CcAddresses: listed("Cc"), BccAddresses: listed("Bcc") };
  const named = everyone(input.Destination ?? {});
  return {
    from,
    to: inHeaders.ToAddresses,
    cc: inHeaders.CcAddresses,
    recipients: named.length > 0 ? named : everyone(inHeaders),
    subject: headerValue(headers, "Subject") ?? "",
    headers,
    text,
    sizeBytes: Buffer.byteLength(text),
    tags: readTagHeader(headerValue(headers, "X-SES-MESSAGE-TAGS")),
  };
}

/** Name of a stored template, from its name or its ARN. */
export function templateName(template: TemplateInput): string | undefined {
  return template.TemplateName ?? template.TemplateArn?.split("/").at(-1);
}

function composeTemplate(envelope: Envelope, template: TemplateInput, find: TemplateFinder): ComposedMail {
  const name = templateName(template);
  if (name === undefined && template.TemplateContent === undefined)
    throw badRequest("Template has no name, ARN or content.");
  const content = name === undefined ? (template.TemplateContent ?? {}) : find(name);
  const compose = (render: (part: string) => string): ComposedMail => {
    const part = (text: string | undefined): { Data: string } | undefined =>
      text === undefined ? undefined : { Data: render(text) };
    const body = { Text: part(content.Text), Html: part(content.Html) };
    const simple = { Subject: { Data: render(content.Subject ?? "") }, Body: body };
    return composeSimple(envelope, { ...simple, Headers: template.Headers, Attachments: template.Attachments });
  };
  try {
    const data = parseTemplateData(template.TemplateData);
    return compose((part) => renderTemplate(part, data));
  } catch (error) {
    if (!(error instanceof RenderingError)) throw error;
    const renderingFailure = { templateName: name ?? "", errorMessage: error.message };
    return { ...compose((part) => part), renderingFailure };
  }
}

/** Who a call's mail is from, and the configuration set that a raw mail names itself: known before anything is rendered. */
export function readSender({ FromEmailAddress: from, Content }: SendEmailInput): { from: string; set?: string } {
  const { Simple, Raw, Template } = Content;
  if ([Simple, Raw, Template].filter((form) => form !== undefined).length !== 1) {
    throw badRequest("Content must have exactly one of Simple, Raw and Template.");
  }
  if (Raw === undefined) {
    if (from === undefined) throw badRequest("Missing required field FromEmailAddress.");
    return { from };
  }
  const headers = readHeaders(Buffer.from(Raw.Data, "base64").toString("utf8"));
  const inHeader = from ?? headerValue(headers, "From");
  if (inHeader === undefined) throw badRequest("Missing required header 'From'.");
  const set = headerValue(headers, "X-SES-CONFIGURATION-SET");
  return { from: inHeader, ...(set === undefined ? {} : { set }) };
}

/** Turns the content of a call, in whichever of the three forms, into one mail. */
export function compose(input: SendEmailInput, find: TemplateFinder): ComposedMail {
  const { Simple, Raw, Template } = input.Content;
  if (Raw !== undefined) return composeRaw(input, Raw.Data);
  if (input.FromEmailAddress === undefined) throw badRequest("Missing required field FromEmailAddress.");
  const envelope = {
    from: input.FromEmailAddress,
    replyTo: input.ReplyToAddresses ?? [],
    destination: input.Destination ?? {},
  };
  if (Template !== undefined) return composeTemplate(envelope, Template, find);
  if (Simple === undefined) throw badRequest("Content is empty.");
  return composeSimple(envelope, Simple);
}
