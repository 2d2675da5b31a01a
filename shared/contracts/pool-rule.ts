import * as z from "zod";
import type { PoolRule as DomainRule } from "../domain/routing/pool-rule.ts";
import { sharedRouteName } from "../domain/routing/route.ts";
import { domain, identity, name } from "./configuration-text.ts";

const some = <Value extends z.ZodType>(value: Value) => z.array(value).min(1, "expected at least one value");

const Tag = z.strictObject({
  name: z
    .string()
    .regex(/^(?!sw-)[A-Za-z0-9_-]{1,256}$/, "expected a tag name of A-Z a-z 0-9 _ - that does not start with sw-"),
  values: some(z.string().regex(/^[A-Za-z0-9_-]{1,256}$/, "expected a tag value of A-Z a-z 0-9 _ -")),
});

const Conditions = z
  .strictObject({
    /** Domains, their sub-domains with them, or addresses that the message is from. */
    from: some(identity).optional(),
    /** Mailbox providers; every recipient must be at one of them. */
    providers: some(name("mailbox provider")).optional(),
    /** Recipient domains without their sub-domains; every recipient must be at one of them. */
    recipientDomains: some(domain).optional(),
    /** One of the application's own `EmailTags`. */
    tag: Tag.optional(),
  })
  .refine(
    (when) => Object.values(when).some((condition) => condition !== undefined),
    "expected at least one of from, providers, recipientDomains and tag; mail that no rule takes has the stream's pool",
  );

/** A rule by which part of a stream's mail has another pool. Of the conditions all must hold; of their values any. */
export const PoolRule = z.strictObject({
  when: Conditions,
  /** A pool, or `shared`: SES's shared IPs only. */
  pool: name("pool name"),
});

export type PoolRule = z.output<typeof PoolRule>;

/** A validated rule as routing reads it. */
export function poolRuleOf({ when, pool }: PoolRule): DomainRule {
  const { from, providers, recipientDomains, tag } = when;
  return {
    when: {
      from,
      providers: providers && new Set(providers),
      recipientDomains: recipientDomains && new Set(recipientDomains),
      tag: tag && { name: tag.name, values: new Set(tag.values) },
    },
    pool: pool === sharedRouteName ? undefined : pool,
  };
}
