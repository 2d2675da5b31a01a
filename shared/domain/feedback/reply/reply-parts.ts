import { unwrapped } from "./unwrap.ts";

/** Longest text that is read, in characters; what SES passes on is far shorter. */
const maxLength = 3000;

/** A reply, taken apart for the rules. */
export interface ReplyParts {
  /** The innermost reply: lower case, without accents, in one line. */
  readonly text: string;
  /** `text` without codes and links, `@` for each mail address, `ipaddr` for each IPv4 address, `~` in host names. */
  readonly words: string;
  /** Three-digit reply code, or "". */
  readonly code: string;
  /** Enhanced status such as 5.7.1, or "". */
  readonly status: string;
  /** IPv4 addresses that the reply quotes. */
  readonly ips: readonly string[];
  /** An envelope without a reply in it: nobody answered until SES gave up. */
  readonly expired: boolean;
  /** The receiver passes on what another server told it. */
  readonly relayed: boolean;
}

const beyondAscii = /[^\x20-\x7e]/;
const accents = /[\u0300-\u036f]/g;
const codeAtStart = /^\W{0,3}([2-5]\d\d)(?:[ -]|$)/;
const anyStatus = /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/;
const ipv4 = /\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g;
/** Masked ones too. */
const anyIpv4 = /(?<![\w.])[\dx]{1,3}\.[\dx]{1,3}\.[\dx]{1,3}\.[\dx]{1,3}(?![\w]|\.\w)/g;
const links = /\bhttps?:\/\/[^\s<>"]+|\bwww\.[^\s<>"]+/g;
const bracketed = /<[^<>\s]{1,320}>/g;
const addresses = /(?<![^\s<>()"':;,[\]])[^\s<>()"':;,@[\]]{1,64}@[^\s<>()"':;,\]]{1,255}/g;
const codesInside = /(?:^|\s)[2-5]\d\d-(?:\s?[245]\.\d{1,3}\.\d{1,3}(?=\s|$))?/g;
const statuses = /(?<![\d.])(?:[2-5]\d\d[ -])?#?[245]\.\d{1,3}\.\d{1,3}\b(?!\.)/g;
/** Dots of host names end no sentence: written as ~, a gap of a rule may cross them. */
const insideNames = /(?<=\w)\.(?=\w)/g;
const ellipsis = /\.{2,}/g;
const blanks = /\s+/g;

/** Takes a reply apart. Any string is read; of a long one, its beginning. */
export function replyParts(reply: string): ReplyParts {
  const { reply: inner, expired, relayed } = unwrapped(folded(reply.slice(0, maxLength)));
  const text = inner.replace(blanks, " ").trim();
  const code = codeAtStart.exec(text)?.[1] ?? "";
  const status = anyStatus.exec(text)?.[1] ?? "";
  const ips = text.match(ipv4) ?? [];
  return { text, words: wordsOf(text), code, status, ips, expired, relayed };
}

/** Lower case without accents; letters that are no letter plus accent are spelled out. */
function folded(reply: string): string {
  const lower = reply.toLowerCase();
  if (!beyondAscii.test(lower)) return lower;
  const plain = lower
    .replace(/[ł]/g, "l")
    .replace(/ß/g, "ss")
    .replace(/[‘’´`]/g, "'")
    .replace(/[“”„«»]/g, '"');
  return plain.normalize("NFD").replace(accents, "").normalize("NFC");
}

/** A receiver repeats the code at the start of each line; lines may have been joined. */
function wordsOf(text: string): string {
  const plain = text.replace(links, " ").replace(ellipsis, " ").replace(bracketed, " @ ");
  const withoutAddresses = plain.includes("@") ? plain.replace(addresses, " @ ") : plain;
  return withoutAddresses
    .replace(anyIpv4, "ipaddr")
    .replace(codesInside, " ")
    .replace(statuses, " ")
    .replace(codeAtStart, " ")
    .replace(insideNames, "~")
    .replace(blanks, " ")
    .trim();
}
