import type { SesContext } from "../context.ts";
import { ofAccount, ofRoute } from "../refusals.ts";
import type { ConfigurationSet } from "../state/registry.ts";

/** The account's own switches, as the API last left them. */
export function accountState({ registry, account }: Pick<SesContext, "registry" | "account">): {
  sendingEnabled: boolean;
  autoWarmupEnabled: boolean;
  suppressedReasons: ("BOUNCE" | "COMPLAINT")[];
} {
  const fresh = {
    sendingEnabled: true,
    autoWarmupEnabled: account.autoWarmupEnabled,
    // What AWS switches on for every account since 2019.
    suppressedReasons: ["BOUNCE" as const, "COMPLAINT" as const],
  };
  return registry.account.get("account") ?? fresh;
}

/** Refuses a send that the account or its configuration set must not make. */
export function refuseWhenPaused(context: SesContext, set: ConfigurationSet | undefined): void {
  const isPaused = context.account.enforcementStatus === "SHUTDOWN" || !accountState(context).sendingEnabled;
  if (isPaused) throw ofAccount.paused(context.options);
  if (set !== undefined && !set.sendingEnabled) throw ofRoute.setPaused(set.name);
}
