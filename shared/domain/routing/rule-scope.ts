import { covers } from "./identity.ts";
import type { ProviderDirectory } from "./mailbox-provider.ts";
import type { PoolConditions } from "./pool-rule.ts";

/**
 * Whether whatever meets `narrow` meets `wide`: behind a rule with `wide`, one with `narrow` takes nothing. False where
 * that cannot be seen from the two alone.
 */
export function takesAllOf(wide: PoolConditions, narrow: PoolConditions, directory: ProviderDirectory): boolean {
  return sendersCovered(wide, narrow) && recipientsCovered(wide, narrow, directory) && tagCovered(wide, narrow);
}

function sendersCovered({ from }: PoolConditions, narrow: PoolConditions): boolean {
  if (from === undefined) return true;
  return narrow.from?.every((sender) => from.some((identity) => covers(identity, sender))) ?? false;
}

function recipientsCovered(
  { providers, recipientDomains }: PoolConditions,
  narrow: PoolConditions,
  directory: ProviderDirectory,
): boolean {
  const domains = narrow.recipientDomains;
  const providersOfDomains = domains && new Set([...domains].map((domain) => directory.of(domain)));
  return (
    (providers === undefined || isPart(narrow.providers, providers) || isPart(providersOfDomains, providers)) &&
    (recipientDomains === undefined || isPart(domains, recipientDomains))
  );
}

function tagCovered({ tag }: PoolConditions, narrow: PoolConditions): boolean {
  return tag === undefined || (narrow.tag?.name === tag.name && isPart(narrow.tag.values, tag.values));
}

function isPart(part: ReadonlySet<string> | undefined, whole: ReadonlySet<string>): boolean {
  return part !== undefined && [...part].every((each) => whole.has(each));
}

/** False where no recipient can be both at the providers and at the domains that the conditions name. */
export function canBeMet({ providers, recipientDomains }: PoolConditions, directory: ProviderDirectory): boolean {
  if (providers === undefined || recipientDomains === undefined) return true;
  return [...recipientDomains].some((domain) => providers.has(directory.of(domain)));
}
