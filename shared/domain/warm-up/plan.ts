import type { AdaptiveChanges } from "./adaptive.ts";

/** Limits of one mailbox provider's ramp. All volumes are recipients per IP and UTC day at that provider. */
export interface ProviderPlan {
  /** Allowance of the first day. */
  readonly startPerIp: number;
  /** Growth from one day to the next as a ratio: 1.4 is 40 % more (SendGrid's published table). 1 to 2. */
  readonly growthPerDay: number;
  /** The volume at which the warm-up is complete. */
  readonly targetPerIp: number;
  /** Fewest days with mail before the warm-up may end: two weeks at some providers (guide row 12). */
  readonly minDays: number;
  /** After this many days an operator is told that it takes long: six weeks at others (guide row 12). */
  readonly maxDays: number;
  /** This provider's part of a published table, which counts all providers; a fraction. */
  readonly share: number;
}

/** What differs at one provider; what is left out is as everywhere. */
export type ProviderPlanChanges = { readonly [Limit in keyof ProviderPlan]?: ProviderPlan[Limit] | undefined };

/** One step of the cooling: how much of the level is kept after days without mail. */
export interface CoolingStep {
  readonly afterDays: number;
  /** Fraction of the last level; 0 is back to the start. */
  readonly keep: number;
}

/** A warm-up plan: the same limits for every provider, and those of single providers that differ. */
export interface WarmUpPlan extends ProviderPlan {
  readonly providers: Readonly<Record<string, ProviderPlanChanges | undefined>>;
  /** A published table instead of the growth ratio: recipients per IP on each day with use, all providers together. */
  readonly table?: readonly number[] | undefined;
  /** By what the provider accepts and refuses, instead of the growth ratio. */
  readonly adaptive: boolean;
  /** What an adaptive plan goes by where it differs from the shipped constants. */
  readonly adaptiveSettings?: AdaptiveChanges | undefined;
  /** Whether a day's allowance opens through the day, or at once. */
  readonly pace: "paced" | "open";
  /** Days of the week that count, 1 Monday to 7 Sunday: on others the allowance stays as it is. */
  readonly sendingDays: readonly number[];
  /** After graduation no day goes above this multiple of the highest of the last days (guide rows 19, 20). */
  readonly governorGrowth: number;
  /** The days a highest one is looked for in. */
  readonly governorDays: number;
  /** What keeps a reputation: recipients per IP and day at a provider (guide rows 6, 18). */
  readonly floorPerIp: number;
  /** Idle time cools a level in steps. */
  readonly cooling: readonly CoolingStep[];
}

/** The plan as it holds at one mailbox provider. */
export function planAt(plan: WarmUpPlan, provider: string): ProviderPlan {
  const own = Object.hasOwn(plan.providers, provider) ? plan.providers[provider] : undefined;
  const share = own?.share ?? plan.share;
  const target = own?.targetPerIp ?? plan.targetPerIp;
  // A table ends where it ends: its last entry, in this provider's part, is as far as it leads.
  const end = plan.table === undefined ? target : Math.max(1, Math.floor((plan.table.at(-1) ?? target) * share));
  return {
    startPerIp: own?.startPerIp ?? plan.startPerIp,
    growthPerDay: own?.growthPerDay ?? plan.growthPerDay,
    targetPerIp: Math.min(target, end),
    minDays: own?.minDays ?? plan.minDays,
    maxDays: own?.maxDays ?? plan.maxDays,
    share,
  };
}
