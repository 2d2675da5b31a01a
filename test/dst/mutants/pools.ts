import type { Mutant } from "./mutant.ts";

const poolRule = "shared/domain/routing/pool-rule.ts";

/** Bugs of pool rules: mail leaves by IPs whose reputation it was to keep off. */
export const poolMutants: readonly Mutant[] = [
  {
    name: "one-recipient-is-enough-for-a-rule",
    file: poolRule,
    find: "[...found].every(",
    replace: "[...found].some(",
    why: "Mail to several providers leaves by the pool that was made for one of them.",
  },
  {
    name: "half-a-tag-is-enough-for-a-rule",
    file: poolRule,
    find: "value }) => name === tag.name && tag.values.has(value)",
    replace: "value }) => name === tag.name || tag.values.has(value)",
    why: "A tag of the right name and another value gives mail to the pool, and so does the value alone.",
  },
  {
    name: "last-rule-decides",
    file: "shared/domain/routing/choose-pool.ts",
    find: "stream.poolRules.find(",
    replace: "stream.poolRules.findLast(",
    why: "A rule that stands behind takes what the one before it was to keep apart.",
  },
  {
    name: "rules-not-read",
    file: "shared/app/dispatch/admit.ts",
    find: "streamFor(stream, ruledMail(record, domains, demand))",
    replace: "stream",
    why: "All mail of a stream leaves by one pool, whatever its rules say.",
  },
];
