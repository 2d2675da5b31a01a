import { mailboxProviderDomains } from "./mailbox-provider-domains.ts";
import { mailboxProviderGroups } from "./mailbox-provider-groups.ts";

/** Key of a mailbox provider: lower case, [a-z0-9-], usable as an SES tag value and as part of a table key. */
export type MailboxProvider = string;

/** The shape of a provider's key, for whoever checks a deployment's own additions. At most 32 characters. */
export const mailboxProviderKey = /^[a-z0-9-]{1,32}$/;

/** Stands for every recipient domain that the directory does not know. */
export const otherProvider = "other";

/** Tells which mailbox provider receives mail for a recipient domain. */
export interface ProviderDirectory {
  /**
   * The provider that receives for `domain`, else `other`. Case and one trailing dot do not matter. Only listed
   * domains count: neither a sub-domain of one nor a name that merely contains one. Any string is answered.
   * @param domain - what stands behind the @ of a recipient address
   */
  of(domain: string): MailboxProvider;
  /** Every provider once: shipped ones in the table's order, then a deployment's own, then `other`. */
  readonly names: readonly MailboxProvider[];
}

const normalized = (domain: string): string => domain.toLowerCase().replace(/\.$/, "");

/**
 * The shipped directory, plus a deployment's own additions.
 * @param additions - provider to domains. They win over shipped ones; the provider may be a shipped one, a new one
 *   (see {@link mailboxProviderKey}) or `other`, which takes a domain out of the directory. A domain added to two
 *   providers goes to the later one.
 */
export function providerDirectory(additions: Readonly<Record<string, readonly string[]>> = {}): ProviderDirectory {
  const added = Object.entries(additions).map(([provider, domains]) => ({ provider, domains }));
  const providerOf = new Map<string, MailboxProvider>();
  const names = new Set<MailboxProvider>();
  for (const { provider, domains } of [...mailboxProviderDomains, ...added]) {
    names.add(provider);
    for (const domain of domains) providerOf.set(normalized(domain), provider);
  }
  names.delete(otherProvider);
  return {
    of: (domain) => providerOf.get(normalized(domain)) ?? otherProvider,
    names: [...names, otherProvider],
  };
}

const groupOf = new Map(
  Object.entries(mailboxProviderGroups).flatMap(([group, rows]) => rows.map(({ provider }) => [provider, group])),
);

/** The group a provider's allowances are kept in: `other` is worldwide, a deployment's own providers are one group. */
export function mailboxProviderGroup(provider: MailboxProvider): string {
  return groupOf.get(provider) ?? (provider === otherProvider ? "worldwide" : "own");
}
