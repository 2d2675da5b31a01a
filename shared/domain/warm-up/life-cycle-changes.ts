import { dedicatedRoute } from "../routing/route.ts";
import type { UtcDay } from "../utc-day.ts";
import { type LifeCycle, type ProviderLifeCycle, providerLifeCycle, providersAnew } from "./life-cycle.ts";

/** What an operator may do to a warm-up at any time. Each is safe to repeat. */
export type LifeCycleAction = "start" | "pause" | "resume" | "restart" | "complete" | "disable" | "enable";

export interface LifeCycleChange {
  readonly action: LifeCycleAction;
  /** One provider; left out: the whole pool. */
  readonly provider?: string | undefined;
  /** One IP, for `restart`: it warms up again beside the others. */
  readonly ip?: string | undefined;
  readonly day: UtcDay;
}

export type ChangeResult =
  | { readonly kind: "changed"; readonly lifeCycle: LifeCycle; readonly says: string }
  /** It is so already. */
  | { readonly kind: "unchanged"; readonly says: string }
  /** It makes no sense in this state. @property says - why, and what to do instead */
  | { readonly kind: "refused"; readonly says: string };

/** Applies a change to a pool or to one of its providers. Moving IPs follows from the phase; it is not done here. */
export function changeLifeCycle(lifeCycle: LifeCycle, { action, provider, ip, day }: LifeCycleChange): ChangeResult {
  if (ip !== undefined) return restartIp(lifeCycle, { action, ip, day });
  if (provider === undefined) return ofPool[action](lifeCycle, day);
  const change = ofProvider[action];
  if (change === undefined) return refused(`${action} is for a whole pool: leave the provider out`);
  return change(lifeCycle, provider, day);
}

type PoolChange = (lifeCycle: LifeCycle, day: UtcDay) => ChangeResult;
type ProviderChange = (lifeCycle: LifeCycle, provider: string, day: UtcDay) => ChangeResult;

const ofPool: Readonly<Record<LifeCycleAction, PoolChange>> = {
  start: (was, day) => {
    if (was.phase === "warming") return unchanged(`pool ${was.pool} is warming up already`);
    if (was.phase === "established") {
      return refused(`pool ${was.pool} is established: restart it to warm it up again`);
    }
    const is: LifeCycle = { ...was, phase: "warming", since: day, paused: false };
    return changed(is, `pool ${was.pool} starts to warm up`);
  },
  pause: (was) =>
    was.paused
      ? unchanged(`pool ${was.pool} is paused already`)
      : changed({ ...was, paused: true }, `pool ${was.pool} is paused: nothing leaves by its warming IPs`),
  resume: (was) =>
    was.paused
      ? changed({ ...was, paused: false }, `pool ${was.pool} goes on where it was`)
      : unchanged(`pool ${was.pool} is not paused`),
  restart: (was, day) => {
    const isAllBack = was.recall.includes("*") || !was.ips.some(({ sesPool }) => sesPool === establishedPool(was));
    if (was.phase === "warming" && was.since === day && isAllBack) {
      return unchanged(`pool ${was.pool} was started on ${day} already`);
    }
    const is: LifeCycle = { ...was, phase: "warming", since: day, paused: false, providers: {}, recall: ["*"] };
    return changed(is, `pool ${was.pool} is back to day one`);
  },
  complete: (was) => {
    if (was.phase === "established") return unchanged(`pool ${was.pool} is established already`);
    if (was.phase === "idle") return refused(`pool ${was.pool} has no warm-up to complete: start it first`);
    return changed({ ...was, phase: "established", recall: [] }, `pool ${was.pool} counts as established from now on`);
  },
  disable: (was) =>
    was.disabled
      ? unchanged(`pool ${was.pool} is warmed by hand already`)
      : changed({ ...was, disabled: true }, `pool ${was.pool} is warmed by hand: nothing is limited`),
  enable: (was) =>
    was.disabled
      ? changed({ ...was, disabled: false }, `pool ${was.pool} is warmed by ses-warmup again`)
      : unchanged(`pool ${was.pool} is warmed by ses-warmup already`),
};

const ofProvider: Readonly<Partial<Record<LifeCycleAction, ProviderChange>>> = {
  pause: (was, provider) => {
    const own = providerLifeCycle(was, provider);
    const where = `${provider} in pool ${was.pool}`;
    if (own.paused) return unchanged(`${where} is paused already`);
    return changed(
      withProvider(was, provider, { ...own, paused: true }),
      `${where} is paused: nothing leaves to it by warming IPs`,
    );
  },
  resume: (was, provider) => {
    const own = providerLifeCycle(was, provider);
    const where = `${provider} in pool ${was.pool}`;
    if (!own.paused) return unchanged(`${where} is not paused`);
    return changed(withProvider(was, provider, { ...own, paused: false }), `${where} goes on where it was`);
  },
  restart: (was, provider, day) => {
    const where = `${provider} in pool ${was.pool}`;
    if (was.phase !== "warming") return refused(`pool ${was.pool} is not warming up: restart the pool, not a provider`);
    if (providerLifeCycle(was, provider).since === day) return unchanged(`${where} was started on ${day} already`);
    return changed(withProvider(was, provider, { paused: false, since: day }), `${where} is back to day one`);
  },
  complete: (was, provider, day) => {
    const own = providerLifeCycle(was, provider);
    const where = `${provider} in pool ${was.pool}`;
    if (was.phase !== "warming") return refused(`pool ${was.pool} is not warming up: there is nothing to complete`);
    if (own.graduatedOn !== undefined) return unchanged(`${where} graduated on ${own.graduatedOn} already`);
    return changed(withProvider(was, provider, { ...own, graduatedOn: day }), `${where} counts as warm from now on`);
  },
};

/** One established IP warms up again against the others, as a new one would. */
function restartIp(
  was: LifeCycle,
  { action, ip, day }: { readonly action: LifeCycleAction; readonly ip: string; readonly day: UtcDay },
): ChangeResult {
  if (action !== "restart") return refused(`${action} is for a pool or a provider: leave the IP out`);
  if (!was.ips.some((known) => known.ip === ip)) {
    const known = was.ips.map((each) => each.ip).join(", ") || "none yet";
    return refused(`${ip} is not an IP of pool ${was.pool}: expected one of ${known}`);
  }
  if (was.recall.includes(ip)) return unchanged(`${ip} is to be restarted already`);
  if (was.phase === "warming")
    return refused(`pool ${was.pool} is warming up: restart the pool, or wait until it is done`);
  const providers = providersAnew(was);
  const is: LifeCycle = { ...was, phase: "warming", since: day, providers, recall: [...was.recall, ip] };
  return changed(is, `${ip} warms up again beside the other IPs of pool ${was.pool}`);
}

function establishedPool({ pool }: LifeCycle): string {
  return dedicatedRoute(pool, "established").configurationSet;
}

function withProvider(lifeCycle: LifeCycle, provider: string, own: ProviderLifeCycle): LifeCycle {
  return { ...lifeCycle, providers: { ...lifeCycle.providers, [provider]: own } };
}

function changed(lifeCycle: LifeCycle, says: string): ChangeResult {
  return { kind: "changed", lifeCycle, says };
}

function unchanged(says: string): ChangeResult {
  return { kind: "unchanged", says };
}

function refused(says: string): ChangeResult {
  return { kind: "refused", says };
}
