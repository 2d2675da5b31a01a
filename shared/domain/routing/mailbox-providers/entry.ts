/** One row of the shipped table: a mailbox provider and every domain whose mail it receives. */
export interface ProviderDomains {
  /** The provider's key; see `MailboxProvider`. */
  readonly provider: string;
  /** Lower case, no trailing dot. A sub-domain is not implied: it counts only where it is listed. */
  readonly domains: readonly string[];
}

/** The domains named in `text`, separated by blanks. */
export function listed(text: string): readonly string[] {
  return text.split(" ");
}

/**
 * The national domains of one brand: `national("yahoo", "de co.uk")` is yahoo.de and yahoo.co.uk.
 * @param brand - the name in front of the suffix
 * @param suffixes - exactly those under which the provider receives mail, separated by blanks. They are enumerated
 *   because a brand's name under some other suffix may belong to anyone.
 */
export function national(brand: string, suffixes: string): readonly string[] {
  return listed(suffixes).map((suffix) => `${brand}.${suffix}`);
}
