import type { SesContext } from "../context.ts";
import { refusals } from "../refusals.ts";
import { SesError } from "../ses-error.ts";
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
  if (context.account.enforcementStatus === "SHUTDOWN") {
    throw new SesError("AccountSuspendedException", "Sending is suspended for this account.");
  }
  if (!accountState(context).sendingEnabled) {
    throw refusals.accountPaused(context.options);
  }
  if (set !== undefined && !set.sendingEnabled) {
    throw refusals.setPaused(context.options, set.name);
  }
}
