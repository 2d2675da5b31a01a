import { sesSharedPool } from "../../../domain/routing/route.ts";
import type { StopReason } from "../../../domain/sending/circuit.ts";
import { account, type CircuitScope, setScope } from "../../../domain/sending/circuit-scope.ts";
import type { SendAnswer, Stopped } from "../../../ports/mail-sender.ts";
import type { Named } from "./named.ts";
import { isAbout, namesNothing, pausedName, unusablePool, unusableSet } from "./sentences.ts";
import { isOf, type SesError } from "./ses-error.ts";

const stopped = (scope: CircuitScope, reason: StopReason, sentence: string): Stopped => ({
  kind: "stopped",
  scope,
  reason,
  sentence,
});

/** Longest name of an SES tenant. */
const longestTenant = 64;

const accountPaused = stopped(
  account,
  "ses-paused",
  "AWS has paused or suspended sending for the whole account: read the account's inbox and SES's reputation page.",
);

/** A pause, of whatever class: of the account, of the configuration set, or of the tenant that the message names. */
export function answerOfPause(error: SesError, named: Named): SendAnswer | undefined {
  const { message } = error;
  if (pausedName(message, "account") !== undefined || isOf(error, "AccountSuspended", "AccountSendingPaused")) {
    return accountPaused;
  }
  const set = isOf(error, "ConfigurationSetSendingPaused") ? "" : pausedName(message, "configuration set");
  if (set !== undefined) return isOurs(set, named) ? setPaused(named) : undefined;
  const tenant = pausedName(message, "tenant");
  if (tenant !== undefined) return tenantPaused(tenant, named);
  // SES documents this class as the account's.
  return isOf(error, "SendingPaused") ? accountPaused : undefined;
}

function isOurs(rest: string, { configurationSet }: Named): boolean {
  return namesNothing(rest) || isAbout(rest, configurationSet);
}

function setPaused({ configurationSet }: Named): Stopped {
  return stopped(
    setScope(configurationSet),
    "ses-paused",
    "Sending is paused for the configuration set: see why, then switch it on again (repair does).",
  );
}

function tenantPaused(rest: string, { tenant }: Named): SendAnswer | undefined {
  if (tenant === undefined || tenant.length > longestTenant) return undefined;
  if (!namesNothing(rest) && !isAbout(rest, tenant)) return undefined;
  return stopped(
    { kind: "tenant", name: tenant },
    "ses-paused",
    "Sending is paused for the SES tenant: see why, then switch it on again.",
  );
}

/** A fault of the route: its configuration set or the SES pool behind it. A message cannot name either. */
export function answerOfRoute(error: SesError, named: Named): SendAnswer | undefined {
  const { message } = error;
  const set = isOf(error, "ConfigurationSetDoesNotExist") ? "" : unusableSet(message);
  const isRoutes = set === undefined ? unusablePool(message) !== undefined : isOurs(set, named);
  return isRoutes || isInside(message, named) ? routeStopped(named) : undefined;
}

export function routeStopped({ configurationSet }: Named): Stopped {
  return stopped(
    setScope(configurationSet),
    "ses-misconfigured",
    "SES cannot send through this configuration set: it, its SES pool or the IPs behind it are missing, or the role may not use it.",
  );
}

/** Whether any sentence speaks of the set or pool of this route by its name. */
function isInside(message: string, { configurationSet }: Named): boolean {
  return [configurationSet, sesSharedPool].some((name) =>
    [...message.matchAll(/(?:\bset|pool)(?: named| with name:?)? (\S+)/gi)].some(([, rest = ""]) =>
      isAbout(rest, name),
    ),
  );
}
