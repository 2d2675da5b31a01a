import addressparser from "nodemailer/lib/addressparser";
import { type Mailbox, parseMailbox } from "./email-address.ts";

/** Quoted strings and comments, also those that nothing closes. */
const notAddresses = /"(?:[^"\\]|\\.)*(?:"|$)|\((?:[^()\\]|\\.)*(?:\)|$)/gs;

/**
 * Reads the value of a header that lists mailboxes: groups, comments and folding as RFC 5322 has them. Undefined when
 * one of them is no mailbox, or when a part of the text that looks like an address would be passed over.
 */
export function parseMailboxes(list: string): readonly Mailbox[] | undefined {
  const found = addressparser(list, { flatten: true }).map(({ name, address }) => mailboxOf(name, address));
  const mailboxes = found.filter((mailbox) => mailbox !== undefined);
  const addresses = list.replace(notAddresses, "").split("@").length - 1;
  return mailboxes.length === found.length && mailboxes.length === addresses ? mailboxes : undefined;
}

/** The parser takes quotes away from a local part that it can read without them. */
function mailboxOf(name: string, address: string): Mailbox | undefined {
  const at = address.lastIndexOf("@");
  const mailbox = parseMailbox(address) ?? parseMailbox(`"${address.slice(0, at)}"${address.slice(at)}`);
  return mailbox && { ...mailbox, name };
}
