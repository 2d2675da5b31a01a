import * as z from "zod";

/** Where mail is sent: the address without its display name, and its domain in lower case. */
export interface Mailbox {
  readonly address: string;
  readonly domain: string;
}

// One dot-atom local part (RFC 5322) and an ASCII domain of at least two labels. Quoted local parts and lists are
// refused on purpose: an element that SES could read as two recipients would slip past the allowance.
const addrSpec =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9])$/;
// A name without quotes takes the blanks behind it as well: tried apart, a thousand of them would cost a million steps.
const withDisplayName = /^(?:"(?:[^"\\]|\\.)*"\s*|[^"<>,;@]*)<([^<>\s]+)>$/;

/** Longest address SES accepts: 64 bytes of local part, an @ and 255 of domain (RFC 5321). */
const maxAddressLength = 320;

/** Longest text of one mailbox, display name included; nothing longer is looked at. */
const maxMailboxLength = 1_000;

/** Reads `a@b.example` or `Name <a@b.example>`; undefined for anything else. */
export function parseMailbox(text: string): Mailbox | undefined {
  if (text.length > maxMailboxLength) return undefined;
  const trimmed = text.trim();
  const address = withDisplayName.exec(trimmed)?.[1] ?? trimmed;
  const domain = addrSpec.exec(address)?.[1];
  if (domain === undefined || address.length > maxAddressLength) return undefined;
  return { address, domain: domain.toLowerCase() };
}

/**
 * The address of a recipient as SES repeats it, whatever stands around it: `"Smith, Ann" <ann@x.example>` is
 * `ann@x.example`. Only for what SES took before: it checks nothing.
 */
export function bareAddress(text: string): string {
  const trimmed = text.trim();
  return trimmed.endsWith(">") ? trimmed.slice(trimmed.lastIndexOf("<") + 1, -1).trim() : trimmed;
}

/** Control characters end a header line early or vanish in display: none may pass (RFC 5322 3.2). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const controlCharacter = /[\u0000-\u0008\u000a-\u001f\u007f\u0085\u2028\u2029]/;

/** One line of text without control characters: what may stand in a header or a name. */
export const headerText = z
  .string()
  .refine((text) => !controlCharacter.test(text), "has a line break or control character: expected one line of text");

/** One address, with or without a display name. */
export const address = headerText
  .max(maxMailboxLength, "is longer than 1000 characters: expected one address")
  .refine(
    (text) => parseMailbox(text) !== undefined,
    'is not one address: expected name@example.com or "Name" <name@example.com> in ASCII (write other domains in punycode)',
  );
