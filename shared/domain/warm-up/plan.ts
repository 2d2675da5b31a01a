/** Limits of one mailbox provider's ramp. All volumes are recipients per IP and UTC day at that provider. */
export interface ProviderPlan {
  /** Allowance of the first day. */
  readonly startPerIp: number;
  /** Growth from one day to the next as a ratio: 1.4 is 40 % more (SendGrid's published table). At least 1. */
  readonly growthPerDay: number;
  /** The volume at which the warm-up is complete. */
  readonly targetPerIp: number;
}

/** What differs at one provider; what is left out is as everywhere. */
export type ProviderPlanChanges = { readonly [Limit in keyof ProviderPlan]?: ProviderPlan[Limit] | undefined };

/** A warm-up plan: the same limits for every provider, and those of single providers that differ (guide row 12). */
export interface WarmUpPlan extends ProviderPlan {
  readonly providers: Readonly<Record<string, ProviderPlanChanges | undefined>>;
}

/** The plan as it holds at one mailbox provider. */
export function planAt(plan: WarmUpPlan, provider: string): ProviderPlan {
  const own = Object.hasOwn(plan.providers, provider) ? plan.providers[provider] : undefined;
  return {
    startPerIp: own?.startPerIp ?? plan.startPerIp,
    growthPerDay: own?.growthPerDay ?? plan.growthPerDay,
    targetPerIp: own?.targetPerIp ?? plan.targetPerIp,
  };
}
