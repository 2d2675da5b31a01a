import { covers } from "./identity.ts";
import type { MailboxProvider } from "./mailbox-provider.ts";

/** Gives part of a stream's mail to a pool of its own: by sender, recipients or tag (guide row 10). */
export interface PoolRule {
  readonly when: PoolConditions;
  /** None means SES's shared IPs only, as for a stream without a pool (guide row 3). */
  readonly pool?: string | undefined;
}

/** What a rule asks of a message. It holds when every condition given holds; of one condition any value will do. */
export interface PoolConditions {
  /** Identities that the From address is of: a domain stands for its sub-domains as well. */
  readonly from?: readonly string[] | undefined;
  /** Holds when all recipients are at these providers: part of a message would break the isolation of both. */
  readonly providers?: ReadonlySet<MailboxProvider> | undefined;
  /** Holds when all recipients are at these domains, in lower case. Sub-domains are other domains. */
  readonly recipientDomains?: ReadonlySet<string> | undefined;
  /** A tag of the application's own: exactly this name with one of these values. */
  readonly tag?: { readonly name: string; readonly values: ReadonlySet<string> } | undefined;
}

/** What rules look at in a message. */
export interface RuledMail {
  /** The From address without its display name. */
  readonly from: string;
  /** Domains of all recipients, in lower case; never empty. */
  readonly domains: ReadonlySet<string>;
  /** Mailbox providers of all recipients; never empty. */
  readonly providers: ReadonlySet<MailboxProvider>;
  /** Tags that the application gave it. */
  readonly tags: readonly { readonly name: string; readonly value: string }[];
}

/** Whether a message meets every condition given. */
export function meets(mail: RuledMail, { from, providers, recipientDomains, tag }: PoolConditions): boolean {
  return (
    (from === undefined || from.some((identity) => covers(identity, mail.from))) &&
    (providers === undefined || allAmong(providers, mail.providers)) &&
    (recipientDomains === undefined || allAmong(recipientDomains, mail.domains)) &&
    (tag === undefined || mail.tags.some(({ name, value }) => name === tag.name && tag.values.has(value)))
  );
}

function allAmong(wanted: ReadonlySet<string>, found: ReadonlySet<string>): boolean {
  return [...found].every((each) => wanted.has(each));
}
