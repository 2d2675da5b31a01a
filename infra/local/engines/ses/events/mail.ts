import * as z from "zod";
import { draw, textKey } from "../../../../../shared/domain/provider-model/draw.ts";

const Header = z.object({ name: z.string(), value: z.string() });
export type Header = z.infer<typeof Header>;

/** The `mail` object that every event of a message carries. */
export const Mail = z.object({
  timestamp: z.string(),
  source: z.string(),
  sourceArn: z.string(),
  sendingAccountId: z.string(),
  messageId: z.string(),
  destination: z.array(z.string()),
  headersTruncated: z.boolean(),
  headers: z.array(Header),
  commonHeaders: z.object({
    from: z.array(z.string()),
    to: z.array(z.string()).optional(),
    cc: z.array(z.string()).optional(),
    messageId: z.string(),
    subject: z.string(),
  }),
  tags: z.record(z.string(), z.array(z.string())),
});
export type Mail = z.infer<typeof Mail>;

const maxHeaderBytes = 10 * 1024;

/** Cuts headers where SES cuts them: after 10 KB. */
export function cutHeaders(headers: Header[]): { headers: Header[]; headersTruncated: boolean } {
  let bytes = 0;
  const kept = headers.filter(({ name, value }) => {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value) + 4;
    return bytes <= maxHeaderBytes;
  });
  return { headers: kept, headersTruncated: kept.length < headers.length };
}

/** SES leaves the headers out of some events. */
export function withoutHeaders(mail: Mail): Omit<Mail, "headers" | "commonHeaders"> {
  const { headers: _headers, commonHeaders: _commonHeaders, ...rest } = mail;
  return rest;
}

/** A bounced address as SES reports it: of those written with a name, half keep it. */
export function asReported({ mail }: { readonly mail: Mail }, recipient: string): string {
  const written = [...(mail.commonHeaders.to ?? []), ...(mail.commonHeaders.cc ?? [])];
  const named = written.find((each) => each.toLowerCase().endsWith(`<${recipient.toLowerCase()}>`));
  return named !== undefined && draw(textKey(mail.messageId), textKey(recipient), 12) < 0.5 ? named : recipient;
}
