import { isAscii } from "./ascii.ts";
import { EmailTag } from "./email-tag.ts";
import { insteadOfRawHeader, tagsHeader } from "./header-rules.ts";
import { parseMailboxes } from "./mailbox-list.ts";
import { type RawHeader, readRawHeaders } from "./raw-headers.ts";
import { shownName } from "./shown-name.ts";

/** Headers by which mail says who sends it; `single`: has one mailbox, `once`: is there once at most (RFC 5322 3.6). */
const senderHeaders = [
  { header: "From", single: false, once: true },
  { header: "Sender", single: true, once: true },
  { header: "Return-Path", single: true, once: true },
  { header: "Resent-From", single: false, once: false },
  { header: "Resent-Sender", single: true, once: false },
] as const;

const addressHeaders: ReadonlySet<string> = new Set([
  ...senderHeaders.map(({ header }) => header.toLowerCase()),
  ...["reply-to", "to", "cc", "bcc"],
]);

const encoded = "write names as RFC 2047 encoded words, such as =?UTF-8?Q?J=C3=BCrgen?=, and domains in punycode";

interface Sender {
  readonly header: (typeof senderHeaders)[number]["header"];
  readonly address: string;
}

/** What the headers of raw mail say of who sends it, who gets it and how it is tagged. Addresses without names. */
export interface RawMail {
  /** Every address in whose name it goes out; From has at least one. */
  readonly senders: readonly Sender[];
  /** Undefined where it cannot be read: only a request that names no recipients needs it. */
  readonly to: string[] | undefined;
  readonly cc: string[] | undefined;
  readonly bcc: string[] | undefined;
  readonly tags: readonly EmailTag[];
}

type Headers = readonly RawHeader[];

interface Found<Each> {
  readonly found: readonly Each[];
  readonly faults: readonly string[];
}

/** Reads raw mail by its headers alone. A fault is a sentence without its subject. */
export function readRawMail(message: Buffer): RawMail | { readonly faults: readonly string[] } {
  const block = readRawHeaders(message);
  if ("fault" in block) return { faults: [block.fault] };
  const { headers } = block;
  const senders = readSenders(headers);
  const tags = readTags(headers);
  const faults = [...new Set([...refusals(headers), ...senders.faults, ...tags.faults])];
  if (faults.length > 0) return { faults };
  const [to, cc, bcc] = ["to", "cc", "bcc"].map((name) => addressesIn(headers, name));
  return { senders: senders.found, to, cc, bcc, tags: tags.found };
}

function refusals(headers: Headers): string[] {
  return headers.flatMap(({ name, value }) => {
    const instead = insteadOfRawHeader(name);
    if (instead !== undefined) return [`has the header ${shownName(name)}: ${instead}`];
    return addressHeaders.has(name) && !isAscii(value) ? [`has a header ${name} that is not ASCII: ${encoded}`] : [];
  });
}

function readSenders(headers: Headers): Found<Sender> {
  const parts = senderHeaders.map((rule) => sendersIn(headers, rule));
  const missing = valuesOf(headers, "from").length === 0 ? ["has no From header: expected one"] : [];
  return { found: parts.flatMap(({ found }) => found), faults: [...missing, ...parts.flatMap(({ faults }) => faults)] };
}

function sendersIn(headers: Headers, { header, single, once }: (typeof senderHeaders)[number]): Found<Sender> {
  const values = valuesOf(headers, header.toLowerCase());
  if (once && values.length > 1) return { found: [], faults: [`has ${values.length} ${header} headers: expected one`] };
  const lists = values.map((value) => addressesOf(value) ?? []);
  if (lists.every(({ length }) => length === 1 || (length > 1 && !single))) {
    return { found: lists.flat().map((address) => ({ header, address })), faults: [] };
  }
  const expected = single ? "one address such as name@example.com" : "addresses such as Name <name@example.com>";
  return { found: [], faults: [`has a ${header} header that cannot be read: expected ${expected}, in ASCII`] };
}

function readTags(headers: Headers): Found<EmailTag> {
  const written = valuesOf(headers, tagsHeader).flatMap((value) => value.split(","));
  const read = written.filter((tag) => tag.trim() !== "").map(readTag);
  const issues = read.flatMap(({ error }) => error?.issues ?? []);
  return {
    found: read.flatMap(({ data }) => data ?? []),
    faults: issues.map(({ message }) => `has a tag in the header ${tagsHeader} that ${message}`),
  };
}

function readTag(tag: string) {
  const [Name = "", ...value] = tag.split("=");
  return EmailTag.safeParse({ Name: Name.trim(), Value: value.join("=").trim() });
}

function addressesIn(headers: Headers, name: string): string[] | undefined {
  const lists = valuesOf(headers, name).map(addressesOf);
  return lists.includes(undefined) ? undefined : lists.flatMap((list) => list ?? []);
}

function addressesOf(list: string): string[] | undefined {
  return parseMailboxes(list)?.map(({ address }) => address);
}

function valuesOf(headers: Headers, name: string): string[] {
  return headers.filter((header) => header.name === name).map(({ value }) => value);
}
