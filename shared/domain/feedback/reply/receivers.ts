/**
 * Words by which a receiver gives itself away, by mailbox provider. A company's domain at a large provider is "other"
 * to the directory, and its replies are still the provider's.
 */
const marks: readonly (readonly [receiver: string, mark: RegExp])[] = [
  ["gmail", /gsmtp|google|gmail/],
  ["microsoft", /outlook|hotmail|microsoft|office365|exchangelabs|\beop-|\(as\d{6,12}\)|\bas\(\d{6,12}\)/],
  ["yahoo", /yahoo|\baol\b|postmaster\.aol|ymail|verizon|\[(?:ip)?tss?\d/],
  ["apple", /icloud|\bme\.com|apple\.com|\[(?:hcm|hme|cs|hm)\d/],
  ["orange", /\bofr\d*_\d|\borange\b|\bmwinf|wanadoo/],
  ["laposte", /\blpn\d*_\d|laposte|\blpn\b/],
  ["qq", /\bqq\.com/],
  ["netease", /\b(?:163|126|yeah)\.(?:com|net)|netease/],
  ["united-internet", /\bgmx\b|web\.de|nemesis|mail\.com\b|1and1|kundenserver/],
];

/** The mailbox providers whose words this may be: the one that is known, and those that show in the text. */
export function receiversOf(text: string, provider: string | undefined): ReadonlySet<string> {
  const found = new Set(marks.flatMap(([receiver, mark]) => (mark.test(text) ? [receiver] : [])));
  if (provider !== undefined) found.add(provider);
  return found;
}
