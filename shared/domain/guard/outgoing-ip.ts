import { sesSharedPool, sharedRouteName } from "../routing/route.ts";
import { type GuardedPool, sesPoolOf } from "./expected.ts";
import { everyPool, type Finding, type Fix, repairable } from "./finding.ts";

/** The IPs each configuration set may send from; a set that is not listed may use any but these. */
export type AllowedIps = ReadonlyMap<string, { readonly pool: string; readonly ips: ReadonlySet<string> }>;

/** What a Delivery event tells of a message's way out: its tags `ses:configuration-set` and `ses:outgoing-ip`. */
export interface OutgoingIp {
  readonly configurationSet: string;
  readonly ip: string;
}

/** The IPs of each dedicated route, by configuration set. */
export function allowedIps(pools: readonly Pick<GuardedPool, "name" | "ips">[]): AllowedIps {
  return new Map(
    pools.flatMap(({ name, ips }) => {
      const allowed = { pool: name, ips: new Set(ips) };
      return (["warming", "established"] as const).map((kind) => [sesPoolOf(name, kind), allowed] as const);
    }),
  );
}

/** Mail that left by an IP that does not belong to its configuration set; undefined when all is well. */
export function foreignOutgoingIp(allowed: AllowedIps, { configurationSet: set, ip }: OutgoingIp): Finding | undefined {
  const own = allowed.get(set);
  if (own !== undefined) {
    if (own.ips.has(ip)) return undefined;
    const expected = own.ips.size === 0 ? "none" : `one of ${[...own.ips].join(", ")}`;
    return outgoing(own.pool, `Mail of configuration set ${set} left by IP ${ip}, expected ${expected}.`, set);
  }
  const owner = [...allowed.values()].find(({ ips }) => ips.has(ip));
  if (set !== sharedRouteName || owner === undefined) return undefined;
  const sentence = `Mail of configuration set ${set} left by IP ${ip} of pool ${owner.pool}, expected SES's shared IPs.`;
  return outgoing(everyPool, sentence, set);
}

/** What lets such mail out is found in SES by the next check; the repair points the set where it belongs at once. */
function outgoing(pool: string, sentence: string, set: string): Finding {
  const sesPool = set === sharedRouteName ? sesSharedPool : set;
  const fixes: readonly [Fix] = [{ kind: "point-set", set, sesPool }];
  return repairable("foreign-outgoing-ip", pool, sentence, fixes);
}
