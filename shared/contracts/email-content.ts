import { Buffer } from "node:buffer";
import * as z from "zod";
import { headerText } from "./email-address.ts";
import { insteadOfCustomHeader } from "./header-rules.ts";
import { withoutHeader } from "./raw-headers.ts";
import { readRawMail } from "./raw-mail.ts";

const base64 = z
  .base64("expected base64 text without line breaks (in JavaScript: Buffer.from(bytes).toString('base64'))")
  .min(1, "is empty: expected base64 text");

const part = z.strictObject({ Data: z.string(), Charset: z.string().optional() });
const subject = part.extend({ Data: headerText });

const body = z
  .strictObject({ Text: part.optional(), Html: part.optional() })
  .refine(
    ({ Text, Html }) => Text?.Data || Html?.Data,
    "says nothing: expected Text or Html with Data that is not empty",
  );

/** Longest header, name and value together without the colon (SES API reference, MessageHeader). */
const maxHeaderLength = 996;

const header = z
  .strictObject({
    Name: z
      .string()
      .regex(/^[!-9;-~]{1,126}$/, "is not a header name: expected 1 to 126 printable characters without space or colon")
      .superRefine((name, context) => {
        const instead = insteadOfCustomHeader(name);
        if (instead !== undefined) context.addIssue({ code: "custom", message: `is not for Headers: ${instead}` });
      }),
    Value: headerText.regex(/^[ -~]*$/, "is not printable ASCII: write other characters as RFC 2047 encoded words"),
  })
  .refine(
    ({ Name, Value }) => Name.length + Value.length <= maxHeaderLength,
    `is longer than ${maxHeaderLength} characters, the most SES takes in a header`,
  );

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

const simple = z.strictObject({ Subject: subject, Body: body, Headers: headers, Attachments: attachments });

const raw = z.strictObject({ Data: base64 }).transform(({ Data }, context) => {
  const message = Buffer.from(Data, "base64");
  const mail = readRawMail(message);
  // Whoever reads the mail could read the header Bcc: its addresses are recipients, and it stays here.
  if (!("faults" in mail)) return { Data: withoutHeader("bcc", message).toString("base64"), mail };
  for (const message of mail.faults) context.addIssue({ code: "custom", path: ["Data"], message });
  return z.NEVER;
});

const templateContent = z
  .strictObject({ Subject: headerText.optional(), Text: z.string().optional(), Html: z.string().optional() })
  .refine(({ Text, Html }) => Text || Html, "says nothing: expected Text or Html that is not empty");

const template = z
  .strictObject({
    TemplateName: z.string().min(1, "is empty: expected the name of a template").optional(),
    TemplateArn: z.string().min(1, "is empty: expected the ARN of a template").optional(),
    TemplateContent: templateContent.optional(),
    TemplateData: z
      .string()
      .refine(isJsonObject, 'is not the JSON text of an object: expected such as {"name":"Ann"}')
      .optional(),
    Headers: headers,
    Attachments: attachments,
  })
  .refine(
    ({ TemplateName, TemplateArn, TemplateContent }) => countOf(TemplateName, TemplateArn, TemplateContent) === 1,
    "expected exactly one of TemplateName, TemplateArn and TemplateContent",
  );

/** What a mail says. Raw mail comes out with what its headers say of it. */
export const EmailContent = z
  .strictObject({ Simple: simple.optional(), Raw: raw.optional(), Template: template.optional() })
  .refine(
    ({ Simple, Raw, Template }) => countOf(Simple, Raw, Template) === 1,
    "expected exactly one of Simple, Raw and Template",
  );

function countOf(...choices: readonly unknown[]): number {
  return choices.filter((choice) => choice !== undefined).length;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
