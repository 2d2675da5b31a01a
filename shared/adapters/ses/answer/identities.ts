import type { Named } from "./named.ts";

/** Whose identity SES is talking about. */
export type IdentityOwner =
  | { readonly kind: "sender"; readonly name: string }
  | { readonly kind: "recipient" }
  | { readonly kind: "other" };

const unverified = /^email address (?:is )?not verified\b\.?(.*)$/is;
const list = /^.*?\bfailed the check in region [^:\s]+:(.*)$/is;

/**
 * The identities that SES lists as not verified, in lower case and without display names; none when it lists none,
 * undefined for any other sentence.
 */
export function unverifiedIdentities(message: string): string[] | undefined {
  const rest = unverified.exec(message)?.[1];
  if (rest === undefined) return undefined;
  const listed = list.exec(rest)?.[1]?.replace(/\brequest id:.*$/is, "") ?? "";
  return [...listed.matchAll(/(?:"(?:[^"\\]|\\.)*"|[^",<>])*<([^<>]*)>|((?:"(?:[^"\\]|\\.)*"@)?[^\s,<>"]+)/g)]
    .map(([, bracketed, bare = ""]) => bracketed ?? bare)
    .map((name) => name.toLowerCase().replace(/^arn:\S*:identity\//, ""))
    .filter((name) => /[^.…]/.test(name));
}

/** Finds whose identity it is. The sender counts first: one who writes to himself is not verified as the sender. */
export function ownerOf(identities: readonly string[], { from, recipients }: Named): IdentityOwner {
  if (identities.includes(from)) return { kind: "sender", name: from };
  const domain = domainOf(from);
  // The name of a domain above its own is kept as its own: others below it may be verified by themselves.
  if (identities.some((identity) => isAt(from, identity))) return { kind: "sender", name: domain };
  const isRecipient = identities.some((identity) =>
    [...recipients].some((to) => to === identity || isAt(to, identity)),
  );
  return { kind: isRecipient ? "recipient" : "other" };
}

/** Whether an identity is a domain that an address lies at or below. */
function isAt(address: string, identity: string): boolean {
  const domain = domainOf(address);
  return !identity.includes("@") && (domain === identity || domain.endsWith(`.${identity}`));
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}
