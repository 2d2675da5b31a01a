import { covers } from "../domain/routing/identity.ts";
import { type ProviderDirectory, providerDirectory } from "../domain/routing/mailbox-provider.ts";
import { sharedRouteName } from "../domain/routing/route.ts";
import { canBeMet, takesAllOf } from "../domain/routing/rule-scope.ts";
import { type Misfit, oneOf } from "./misfit.ts";
import { type PoolRule, poolRuleOf } from "./pool-rule.ts";

/** The parts of a configuration that pool rules must fit. */
interface Ruled {
  readonly identities: readonly string[];
  readonly pools: Readonly<Record<string, unknown>>;
  readonly streams: Readonly<Record<string, RuledStream>>;
  readonly mailboxProviders: Readonly<Record<string, readonly string[]>>;
}
interface RuledStream {
  readonly poolRules: readonly PoolRule[];
  readonly sharedAllowed: boolean;
  readonly identities?: readonly string[] | undefined;
}

/** A rule with what it is checked against. */
interface Place {
  readonly rule: PoolRule;
  readonly path: readonly string[];
  /** The rules before it. */
  readonly earlier: readonly PoolRule[];
  readonly pools: readonly string[];
  readonly sharedAllowed: boolean;
  readonly identities: readonly string[];
  readonly directory: ProviderDirectory;
}

/** Pool rules that name what is not there, that can never hold, or that are never asked. */
export function poolRuleMisfits({ identities, pools, streams, mailboxProviders }: Ruled): Misfit[] {
  if (Object.values(streams).every(({ poolRules }) => poolRules.length === 0)) return [];
  const around = { pools: Object.keys(pools), directory: providerDirectory(mailboxProviders) };
  return Object.entries(streams).flatMap(([name, { poolRules, sharedAllowed, identities: own = identities }]) =>
    poolRules.flatMap((rule, index) => {
      const path = ["streams", name, "poolRules", String(index)];
      const earlier = poolRules.slice(0, index);
      const place: Place = { ...around, rule, path, earlier, sharedAllowed, identities: own };
      return [
        ...poolMisfit(place),
        ...unknownProviders(place),
        ...foreignSenders(place),
        ...contradiction(place),
        ...neverAsked(place),
      ];
    }),
  );
}

function poolMisfit({ rule: { pool }, path, pools, sharedAllowed }: Place): Misfit[] {
  const at = { path: [...path, "pool"], input: pool };
  if (pool === sharedRouteName) {
    const message = "leaves this mail no IPs at all: expected a pool, or sharedAllowed true";
    return sharedAllowed ? [] : [{ ...at, message }];
  }
  const message = `is not a pool: expected ${oneOf([...pools, sharedRouteName], "pools")}`;
  return pools.includes(pool) ? [] : [{ ...at, message }];
}

function unknownProviders({ rule: { when }, path, directory }: Place): Misfit[] {
  const shown = directory.names.slice(0, 3).join(", ");
  const message = `is not a mailbox provider: expected one of ${shown}, ... (shared/domain/routing/mailbox-providers), other, or one under mailboxProviders`;
  return (when.providers ?? []).flatMap((provider, index) =>
    directory.names.includes(provider)
      ? []
      : [{ path: [...path, "when", "providers", String(index)], input: provider, message }],
  );
}

function foreignSenders({ rule: { when }, path, identities }: Place): Misfit[] {
  const message = `is of no identity that this stream may use: expected ${oneOf(identities, "identities")}, or part of one`;
  return (when.from ?? []).flatMap((sender, index) =>
    identities.some((identity) => covers(identity, sender) || covers(sender, identity))
      ? []
      : [{ path: [...path, "when", "from", String(index)], input: sender, message }],
  );
}

function contradiction({ rule, path, directory }: Place): Misfit[] {
  if (canBeMet(poolRuleOf(rule).when, directory)) return [];
  const message = "can never hold, for none of these domains is at one of the providers: expected one of the two alone";
  return [{ path: [...path, "when", "recipientDomains"], input: rule.when.recipientDomains, message }];
}

function neverAsked({ rule, path, earlier, directory }: Place): Misfit[] {
  const { when } = poolRuleOf(rule);
  const before = earlier.findIndex((each) => takesAllOf(poolRuleOf(each).when, when, directory));
  if (before === -1) return [];
  const message = `takes nothing, for rule ${before} takes all its mail first: expected it before rule ${before}, or not at all`;
  return [{ path: [...path, "when"], input: rule.when, message }];
}
