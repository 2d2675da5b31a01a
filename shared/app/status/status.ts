import type { Brake } from "../../domain/brakes/brake.ts";
import type { DedicatedRouteKind, RouteKind } from "../../domain/routing/route.ts";
import type { UtcDay } from "../../domain/utc-day.ts";
import type { GuardHold, PoolPhase } from "../../domain/warm-up/life-cycle.ts";
import type { DepthOfQueues } from "../../ports/queue-depths.ts";
import type { IpStatus } from "./ip-status.ts";
import type { KeepWarmAdvice } from "./keep-warm.ts";
import type { ProviderProgress } from "./provider-progress.ts";
import type { StreamStatus } from "./read-streams.ts";
import type { ReferenceStatus } from "./reference-status.ts";

/** What an operator sees at a glance; plain JSON. All volumes are recipients. */
export interface Status {
  /** The UTC day everything named "today" belongs to. */
  readonly day: UtcDay;
  /** In the order of the configuration. */
  readonly pools: readonly PoolStatus[];
  /** In the order of the configuration. */
  readonly streams: readonly StreamStatus[];
  /** Mail without a pool. */
  readonly shared: { readonly accepted: number };
  /** Messages kept until there is room or their time comes, over all pools. */
  readonly held: number;
  /** What was set aside, messages: on the list, and what is still on its way there. */
  readonly quarantined: number;
  readonly deadLetters: number;
  readonly queues: DepthOfQueues;
}

export interface PoolStatus {
  readonly pool: string;
  readonly phase: PoolPhase;
  /** First day of the warm-up in force, or of the last one. */
  readonly since?: UtcDay | undefined;
  /** Nothing leaves by warming IPs until an operator resumes it. */
  readonly paused: boolean;
  /** Warmed by hand: nothing is limited. */
  readonly byHand: boolean;
  /** Why allowances do not grow, as the guard found it, with what to do. */
  readonly holds: readonly GuardHold[];
  /** As this deployment has them on record; what SES lists is not asked here. */
  readonly ips: readonly IpStatus[];
  /** Progress at providers that had mail or that an operator touched, by name. */
  readonly providers: readonly ProviderProgress[];
  /** Where the pool has more IPs than its mail keeps warm. */
  readonly advice?: KeepWarmAdvice | undefined;
  /**
   * Recipients admitted today by the route they left by. Warming and established count what is used of their
   * allowances, at once; shared counts what SES's events have reported as accepted, a little later.
   */
  readonly byRoute: Readonly<Record<RouteKind, number>>;
  /** Whether mail fares better on warming IPs than on others, by provider, with the intervals of both rates. */
  readonly reference: readonly ReferenceStatus[];
  /** Providers with an allowance today, the most used first, then by name. */
  readonly allowances: readonly AllowanceStatus[];
  /** Days of the last 60 on which warming IPs were used, oldest first. */
  readonly history: readonly HistoryDay[];
}

/** Today of one provider and one route of a pool. */
export interface AllowanceStatus {
  readonly provider: string;
  readonly route: DedicatedRouteKind;
  /** What may be sent today, as it stands now. */
  readonly allowance: number;
  readonly used: number;
  readonly deferred: number;
  readonly blocked: number;
  readonly bounced: number;
  readonly complained: number;
  /** The ramp's rule behind today's allowance, and its reason in words. */
  readonly rule: string;
  readonly why: string;
  /** A brake in force: less may leave than the allowance says, until its time. */
  readonly brake?: Brake | undefined;
}

/** Warming IPs on one day, summed over the providers that had any use on it: the others' allowances tell nothing. */
export interface HistoryDay {
  readonly day: UtcDay;
  readonly allowance: number;
  readonly used: number;
}
