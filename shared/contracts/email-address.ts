import * as z from "zod";

/** A mailbox as it is written. */
export interface Mailbox {
  /** Its display name without quotes, not encoded; empty when there is none. */
  readonly name: string;
  /** Without the name: what stands for the mailbox. */
  readonly address: string;
  /** In lower case. */
  readonly domain: string;
}

const atext = "A-Za-z0-9!#$%&'*+/=?^_`{|}~-";
const dotAtom = `[${atext}]+(?:\\.[${atext}]+)*`;
// Japanese carriers gave out addresses with dots in a row or at the end; RFC 5322 has them in quotes. Of what else may
// stand in quotes, only blanks are taken: no character by which a careless reader could see two recipients in one
// element, for then the second would slip past the allowance.
const quoted = `"[. ${atext}]+"`;
const label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
const domain = `(?:${label}\\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]`;

const addrSpec = new RegExp(`^(?:(${dotAtom})|(${quoted}))@(${domain})$`);
const quotedInVain = new RegExp(`^"${dotAtom}"$`);
const strayDot = new RegExp(`^(?!${dotAtom}@)[.${atext}]+@`);
// A name without quotes takes the blanks behind it as well: tried apart, a thousand of them would cost a million steps.
const withDisplayName = /^(?:"((?:[^"\\]|\\.)*)"\s*|([^"<>,;@]*))<([^<>]+)>$/;

/** Longest address SES accepts: 64 bytes of local part, an @ and 255 of domain (RFC 5321). */
const maxAddressLength = 320;

/** Longest text of one mailbox, display name included; nothing longer is looked at. */
const maxMailboxLength = 1_000;

/** Reads `a@b.example` or `Name <a@b.example>`; undefined for anything else. */
export function parseMailbox(text: string): Mailbox | undefined {
  if (text.length > maxMailboxLength) return undefined;
  const { name, written } = partsOf(text);
  const [, plain, inQuotes = "", host] = addrSpec.exec(written) ?? [];
  if (host === undefined || written.length > maxAddressLength) return undefined;
  // The same mailbox has one address, however it is written.
  const local = plain ?? (quotedInVain.test(inQuotes) ? inQuotes.slice(1, -1) : inQuotes);
  return { name, address: `${local}@${host}`, domain: host.toLowerCase() };
}

function partsOf(text: string): { readonly name: string; readonly written: string } {
  const trimmed = text.trim();
  const [, quotedName, bareName = "", written] = withDisplayName.exec(trimmed) ?? [];
  if (written === undefined) return { name: "", written: trimmed };
  return { name: quotedName?.replace(/\\(.)/g, "$1") ?? bareName.trim(), written };
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
  .superRefine((text, context) => {
    if (parseMailbox(text) !== undefined) return;
    const message = strayDot.test(partsOf(text).written)
      ? 'has dots in a row or at an end before the @: write that part in quotes, as "ann..lee."@example.com'
      : 'is not one address: expected name@example.com or "Name" <name@example.com>, the address in ASCII (write other domains in punycode)';
    context.addIssue({ code: "custom", message });
  });
