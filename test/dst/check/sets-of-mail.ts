import type { Mail } from "../system/workload.ts";

const news = ["news-warming", "news-established", "main-established"];
const main = ["main-warming", "main-established"];
const alone = ["alone-warming", "alone-established"];
const shared = ["shared"];

/**
 * Configuration sets that a mail may leave by at all. Written out, so that a checker does not believe the product's own
 * rule.
 */
export function setsOfMail(mail: Mail): readonly string[] {
  switch (mail.stream) {
    case "news":
      return [...news, ...shared];
    case "digest":
      return news;
    case "orders":
      return alone;
    case "alerts":
      return shared;
    case "offers":
      return [...main, ...shared];
    case "letters":
      return setsOfLetter(JSON.parse(mail.body).email);
    default:
      return [];
  }
}

interface Letter {
  readonly FromEmailAddress: string;
  readonly Destination: { readonly ToAddresses: readonly string[] };
  readonly EmailTags?: readonly { readonly Name: string; readonly Value: string }[];
}

/** By sender, then by tag, then by where all recipients are. */
function setsOfLetter({ FromEmailAddress, Destination: { ToAddresses }, EmailTags = [] }: Letter): readonly string[] {
  const allAt = (domain: string): boolean => ToAddresses.filter((to) => !to.endsWith(`@${domain}`)).length === 0;
  if (FromEmailAddress.includes("private@")) return shared;
  const kind = EmailTags.find(({ Name }) => Name === "kind")?.Value;
  if (kind === "digest" || kind === "weekly") return [...news, ...shared];
  if (allAt("gmail.com")) return [...alone, ...shared];
  return allAt("t-online.de") ? [...news, ...shared] : [...main, ...shared];
}
