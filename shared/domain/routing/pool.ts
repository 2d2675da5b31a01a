import type { WarmUpPlan } from "../warm-up/plan.ts";

/** What a stream, or one of its pool rules, names: a set of dedicated IPs with up to two routes of its own, warming and established. */
export interface Pool {
  readonly name: string;
  /** The dedicated IPs that belong to this pool (IPv4 addresses as SES lists them). */
  readonly ips: readonly string[];
  readonly plan: WarmUpPlan;
  /** Another pool whose established IPs take what does not fit here, before shared IPs are used. */
  readonly overflowTo?: string | undefined;
}
