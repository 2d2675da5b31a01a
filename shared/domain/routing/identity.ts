/**
 * Whether an identity stands for an address, or for all that another identity stands for. An address stands for itself;
 * a domain for its addresses and, as SES verifies it, for its sub-domains. Case does not matter.
 * @param other - an address or a domain
 */
export function covers(identity: string, other: string): boolean {
  const [wide, narrow] = [identity.toLowerCase(), other.toLowerCase()];
  if (wide.includes("@")) return wide === narrow;
  const domain = narrow.slice(narrow.lastIndexOf("@") + 1);
  return domain === wide || domain.endsWith(`.${wide}`);
}
