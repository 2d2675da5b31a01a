import type { UtcDay } from "../utc-day.ts";
import type { LifeCycle, ProviderLifeCycle } from "./life-cycle.ts";

/**
 * A life cycle in which nothing is dated later than a day: what a clock ahead had dated counts from that day on. The very
 * same life cycle when nothing was.
 */
export function datedBy(lifeCycle: LifeCycle, latest: UtcDay): LifeCycle {
  const by = (day: UtcDay): UtcDay => (day > latest ? latest : day);
  const { since, providers, ips, holds } = lifeCycle;
  const dated: LifeCycle = {
    ...lifeCycle,
    ...(since !== undefined && { since: by(since) }),
    providers: Object.fromEntries(
      Object.entries(providers).map(([name, own]) => [name, own && providerDatedBy(own, by)]),
    ),
    ips: ips.map((ip) => ({ ...ip, since: by(ip.since) })),
    holds: holds.map((hold) => ({ ...hold, since: by(hold.since) })),
  };
  return JSON.stringify(dated) === JSON.stringify(lifeCycle) ? lifeCycle : dated;
}

function providerDatedBy(own: ProviderLifeCycle, by: (day: UtcDay) => UtcDay): ProviderLifeCycle {
  const { since, graduatedOn } = own;
  return {
    ...own,
    ...(since !== undefined && { since: by(since) }),
    ...(graduatedOn !== undefined && { graduatedOn: by(graduatedOn) }),
  };
}
