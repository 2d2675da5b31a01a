import { type DedicatedRouteKind, dedicatedRoute, sesSharedPool, sharedRouteName } from "../routing/route.ts";
import type { LifeCycle } from "../warm-up/life-cycle.ts";
import { sesDefaultPool } from "../warm-up/placement.ts";
import { everyPool } from "./finding.ts";

/** A pool as the configuration gives it, and what our own record says of its IPs. */
export interface GuardedPool {
  readonly name: string;
  /** The IPs the configuration lists for it. */
  readonly ips: readonly string[];
  readonly record: Pick<LifeCycle, "phase" | "ips">;
}

/** A configuration set of the deployment, and the SES pool it must name. */
export interface ExpectedSet {
  readonly set: string;
  readonly sesPool: string;
  /** The pool whose route it is; `*` for the shared route, which takes every pool's overflow. */
  readonly pool: string;
}

/**
 * What each configuration set publishes, by kind: what became of the mail, and proof that SES took it. Each destination
 * is named `SET-KIND`; the template is tested against this.
 */
export const publishedEvents: Readonly<Record<"feedback" | "proof", readonly string[]>> = {
  feedback: ["DELIVERY", "BOUNCE", "COMPLAINT", "DELIVERY_DELAY", "REJECT", "RENDERING_FAILURE"],
  proof: ["SEND"],
};

/** How long SES tries to deliver mail of warming IPs; the template is tested against this too. */
export const warmingMaxDeliverySeconds = 4 * 3_600;

/** SES pools of a pool's own routes; a set of a dedicated route and its SES pool have one name. */
export function sesPoolOf(pool: string, kind: DedicatedRouteKind): string {
  return dedicatedRoute(pool, kind).configurationSet;
}

export function isOwnSesPool(pool: string, sesPool: string): boolean {
  return sesPool === sesPoolOf(pool, "warming") || sesPool === sesPoolOf(pool, "established");
}

/** Every configuration set of a deployment. */
export function expectedSets(pools: readonly Pick<GuardedPool, "name">[]): readonly ExpectedSet[] {
  const own = pools.flatMap(({ name }) =>
    (["warming", "established"] as const).map((kind) => {
      const set = sesPoolOf(name, kind);
      return { set, sesPool: set, pool: name };
    }),
  );
  return [...own, { set: sharedRouteName, sesPool: sesSharedPool, pool: everyPool }];
}

/** SES's own pools, which cannot be asked for. */
const reserved = new Set([sesSharedPool, sesDefaultPool]);

/** The SES pools to look at for a set: its own, and the one it names instead. */
export function sesPoolNamesOf(
  { sesPool }: ExpectedSet,
  seen: { readonly sesPool?: string | undefined } = {},
): string[] {
  return [...new Set([sesPool, seen.sesPool ?? sesPool])].filter((name) => !reserved.has(name));
}
