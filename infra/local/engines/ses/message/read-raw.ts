import type { Header } from "../events/mail.ts";
import { badRequest } from "../ses-error.ts";

/** Reads the header block of an internet message; folded lines become one. */
export function readHeaders(message: string): Header[] {
  const block = message.split(/\r?\n\r?\n/, 1)[0] ?? "";
  const lines = block.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const colon = line.indexOf(":");
      if (colon < 1) throw badRequest("Raw message has a header line without a name.");
      return { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() };
    });
}

/** Value of the first header of that name, whatever its case. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find((header) => header.name.toLowerCase() === wanted)?.value;
}

/** Tags of an `X-SES-MESSAGE-TAGS: a=b, c=d` header. */
export function readTagHeader(value: string | undefined): Record<string, string> {
  const pairs = (value ?? "").split(",").map((pair) => pair.trim().split("="));
  return Object.fromEntries(pairs.flatMap(([name, tag]) => (name && tag ? [[name.trim(), tag.trim()]] : [])));
}
