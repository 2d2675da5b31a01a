import { type Misfit, oneOf } from "./misfit.ts";
import type { PoolRule } from "./pool-rule.ts";
import { poolRuleMisfits } from "./pool-rule-misfits.ts";

/** The parts of a configuration that must fit each other. */
interface Checked {
  readonly identities: readonly string[];
  readonly pools: Readonly<Record<string, CheckedPool>>;
  readonly streams: Readonly<Record<string, CheckedStream>>;
  readonly plans: Readonly<Record<string, CheckedPlan>>;
  readonly mailboxProviders: Readonly<Record<string, readonly string[]>>;
}
interface CheckedStream {
  readonly pool?: string | undefined;
  readonly poolRules: readonly PoolRule[];
  readonly sharedAllowed: boolean;
  readonly identities?: readonly string[] | undefined;
}
interface CheckedPool {
  readonly ips: readonly string[];
  readonly plan: string | CheckedPlan;
  readonly overflowTo?: string | undefined;
}
interface CheckedLimits {
  readonly startPerIp: number;
  readonly targetPerIp: number;
}
interface CheckedPlan extends CheckedLimits {
  readonly providers: Readonly<
    Record<string, { readonly startPerIp?: number | undefined; readonly targetPerIp?: number | undefined }>
  >;
}

/** Rules that span several places of a configuration. @param presets - names of the shipped plans */
export function crossCheck(configuration: Checked, presets: readonly string[]): Misfit[] {
  return [
    ...reservedNames(configuration),
    ...undefinedPools(configuration),
    ...undefinedPlans(configuration, presets),
    ...overflowCircles(configuration.pools),
    ...sharedIps(configuration.pools),
    ...unreachableStreams(configuration),
    ...foreignIdentities(configuration),
    ...poolRuleMisfits(configuration),
    ...plansThatShrink(configuration),
  ];
}

function reservedNames({ pools }: Checked): Misfit[] {
  return Object.keys(pools)
    .filter((pool) => pool === "shared" || pool.endsWith("-warming") || pool.endsWith("-established"))
    .map((pool) => ({
      path: ["pools", pool],
      input: pool,
      message: "is reserved: expected a pool name other than shared that does not end in -warming or -established",
    }));
}

function undefinedPools({ pools, streams }: Checked): Misfit[] {
  const known = Object.keys(pools);
  const named = [
    ...Object.entries(streams).map(([stream, { pool }]) => ({ path: ["streams", stream, "pool"], pool })),
    ...Object.entries(pools).map(([name, { overflowTo }]) => ({
      path: ["pools", name, "overflowTo"],
      pool: overflowTo,
    })),
  ];
  return named
    .filter(({ pool }) => pool !== undefined && !Object.hasOwn(pools, pool))
    .map(({ path, pool }) => ({ path, input: pool, message: `is not a pool: expected ${oneOf(known, "pools")}` }));
}

function undefinedPlans({ pools, plans }: Checked, presets: readonly string[]): Misfit[] {
  const known = [...presets, ...Object.keys(plans)];
  return Object.entries(pools)
    .filter(([, { plan }]) => typeof plan === "string" && !known.includes(plan))
    .map(([pool, { plan }]) => ({
      path: ["pools", pool, "plan"],
      input: plan,
      message: `is not a plan: expected ${oneOf(known, "plans")}, or a plan written out`,
    }));
}

function overflowCircles(pools: Checked["pools"]): Misfit[] {
  return Object.keys(pools).flatMap((start) => {
    const walked = [start];
    let next = pools[start]?.overflowTo;
    while (next !== undefined && !walked.includes(next)) {
      walked.push(next);
      next = pools[next]?.overflowTo;
    }
    if (next !== start) return [];
    const message = `makes an overflow circle (${[...walked, start].join(" -> ")}): expected a chain that ends`;
    return [{ path: ["pools", start, "overflowTo"], input: pools[start]?.overflowTo, message }];
  });
}

function sharedIps(pools: Checked["pools"]): Misfit[] {
  const owner = new Map<string, string>();
  const misfits: Misfit[] = [];
  for (const [pool, { ips }] of Object.entries(pools)) {
    for (const [index, ip] of ips.entries()) {
      const other = owner.get(ip);
      if (other !== undefined) {
        const message = `is already in pool ${other}: expected each IP in one pool only`;
        misfits.push({ path: ["pools", pool, "ips", String(index)], input: ip, message });
      }
      owner.set(ip, pool);
    }
  }
  return misfits;
}

function unreachableStreams({ streams }: Checked): Misfit[] {
  return Object.entries(streams)
    .filter(([, { pool, sharedAllowed }]) => pool === undefined && !sharedAllowed)
    .map(([stream]) => ({
      path: ["streams", stream, "sharedAllowed"],
      input: false,
      message: "leaves this stream no IPs at all: expected a pool, or sharedAllowed true",
    }));
}

function foreignIdentities({ identities, streams }: Checked): Misfit[] {
  return Object.entries(streams).flatMap(([stream, { identities: own = [] }]) =>
    own
      .filter((identity) => !identities.includes(identity))
      .map((identity) => ({
        path: ["streams", stream, "identities"],
        input: identity,
        message: `is not among the deployment's identities: expected ${oneOf(identities, "identities")}`,
      })),
  );
}

function plansThatShrink({ pools, plans }: Checked): Misfit[] {
  const written = [
    ...Object.entries(plans).map(([name, plan]) => ({ path: ["plans", name], plan })),
    ...Object.entries(pools).flatMap(([name, { plan }]) =>
      typeof plan === "string" ? [] : [{ path: ["pools", name, "plan"], plan }],
    ),
  ];
  return written.flatMap(({ path, plan }) => [
    ...shrinking(path, plan),
    ...Object.entries(plan.providers).flatMap(([provider, changes]) =>
      shrinking([...path, "providers", provider], { ...plan, ...changes }),
    ),
  ]);
}

function shrinking(
  path: readonly string[],
  { startPerIp = 0, targetPerIp = startPerIp }: { startPerIp?: number | undefined; targetPerIp?: number | undefined },
): Misfit[] {
  if (targetPerIp >= startPerIp) return [];
  const message = `is below startPerIp: expected at least ${startPerIp}`;
  return [{ path: [...path, "targetPerIp"], input: targetPerIp, message }];
}
