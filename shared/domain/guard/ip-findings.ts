import type { KnownIp } from "../warm-up/life-cycle.ts";
import { sesDefaultPool } from "../warm-up/placement.ts";
import { type GuardedPool, isOwnSesPool, sesPoolOf } from "./expected.ts";
import { type Finding, repairable } from "./finding.ts";
import type { SeenIp } from "./seen.ts";

/** The percentage at which SES leaves the split of the mail to us. */
const full = 100;

/** What is wrong with dedicated IPs: each against the configuration and our own record. */
export function ipFindings(pools: readonly GuardedPool[], seen: readonly SeenIp[]): Finding[] {
  return pools.flatMap((pool) => [
    ...pool.ips.flatMap((ip) => configuredIp(pool, ip, seen)),
    ...seen
      .filter(({ ip, sesPool }) => isOwnSesPool(pool.name, sesPool) && !pool.ips.includes(ip))
      .map(foreign(pools, pool)),
  ]);
}

function configuredIp(pool: GuardedPool, ip: string, seen: readonly SeenIp[]): Finding[] {
  const known = pool.record.ips.find((each) => each.ip === ip);
  const found = seen.find((each) => each.ip === ip);
  // Not leased yet: nothing to guard.
  if (found === undefined) return known === undefined ? [] : [released(pool, known)];
  const place = expectedPlace(pool, known, found);
  if (place !== found.sesPool) return [moved(pool, found, place)];
  if (!isOwnSesPool(pool.name, found.sesPool)) return [];
  if (isCompleteOnArrival(pool, known, found)) return [completeOnArrival(pool, found)];
  return found.percentage === full || found.percentage < 0 ? [] : [edited(pool, found)];
}

/**
 * Where an IP must lie. Our record says so, except that an IP whose warm-up is over may lie among the established ones
 * already; an IP we do not know yet, or know in a place that is none of its pool's, belongs where its pool's phase says.
 */
function expectedPlace({ name, record }: GuardedPool, known: KnownIp | undefined, found: SeenIp): string {
  const places = [sesPoolOf(name, "warming"), sesPoolOf(name, "established"), sesDefaultPool];
  const established = sesPoolOf(name, "established");
  if (known === undefined && places.includes(found.sesPool)) return found.sesPool;
  if (record.phase === "established" && found.sesPool === established) return established;
  if (known !== undefined && places.includes(known.sesPool)) return known.sesPool;
  return record.phase === "established" ? established : sesPoolOf(name, "warming");
}

/** Before a pool's warm-up has started the ramp itself puts its first IPs in the warming SES pool. */
function isCompleteOnArrival({ name, record }: GuardedPool, known: KnownIp | undefined, found: SeenIp): boolean {
  if (known !== undefined || found.percentage !== full) return false;
  return record.phase !== "idle" || found.sesPool === sesPoolOf(name, "established");
}

function released({ name }: GuardedPool, { ip, sesPool }: KnownIp): Finding {
  const sentence = `IP ${ip} of pool ${name} is no longer among the account's dedicated IPs, expected in SES pool ${sesPool}: it was released.`;
  return repairable("ip-released", name, sentence, [{ kind: "forget-ip", pool: name, ip }]);
}

function moved({ name }: GuardedPool, { ip, sesPool }: SeenIp, expected: string): Finding {
  const sentence = `IP ${ip} of pool ${name} lies in SES pool ${sesPool}, expected in ${expected}: somebody moved it.`;
  return repairable("ip-moved", name, sentence, [{ kind: "move-ip", ip, sesPool: expected }]);
}

/** Back to where new IPs arrive, so that it is taken in as they are: from day one. */
function completeOnArrival({ name }: GuardedPool, { ip, sesPool }: SeenIp): Finding {
  const sentence = `IP ${ip} of pool ${name} is new in SES pool ${sesPool} and arrived complete (${full} %), expected to warm up from day one: no warm-up of it is on record.`;
  return repairable("ip-complete-on-arrival", name, sentence, [{ kind: "move-ip", ip, sesPool: sesDefaultPool }]);
}

function edited({ name }: GuardedPool, { ip, percentage }: SeenIp): Finding {
  const sentence = `IP ${ip} of pool ${name} stands at ${percentage} % of SES's own warm-up, expected ${full} %: SES splits our mail a second time.`;
  return repairable("percentage-edited", name, sentence, [{ kind: "set-percentage", ip, percentage: full }]);
}

/** Such an IP goes back to the pool that the configuration gives it to, or out of ours. */
function foreign(pools: readonly GuardedPool[], { name, ips }: GuardedPool): (seen: SeenIp) => Finding {
  return (found) => {
    const owner = pools.find((pool) => pool.ips.includes(found.ip));
    const known = owner?.record.ips.find(({ ip }) => ip === found.ip);
    const sesPool = owner === undefined ? sesDefaultPool : expectedPlace(owner, known, found);
    const expected = ips.length === 0 ? "no IPs" : `only ${ips.join(", ")}`;
    const sentence = `IP ${found.ip} lies in SES pool ${found.sesPool}, which is for ${expected}: it does not belong to pool ${name}.`;
    return repairable("foreign-ip", name, sentence, [{ kind: "move-ip", ip: found.ip, sesPool }]);
  };
}
