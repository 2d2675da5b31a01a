import { account, scopeText } from "../../domain/sending/circuit-scope.ts";
import type { Stopped } from "../../ports/mail-sender.ts";
import type { DispatchPorts } from "./dispatch-ports.ts";
import type { Probe } from "./probe.ts";
import type { SentBatch } from "./send-routed.ts";

/** Whether SES answered nobody when a batch called it, by its calls and by what was known before. */
export function wasSilent({ circuits }: DispatchPorts, probe: Probe | undefined, { heard }: SentBatch): boolean {
  return isStillSilent(probe, { heard }) || circuits.isSilent(heard);
}

/** One message asked for all whether SES answers again, and got no answer either. */
function isStillSilent(probe: Probe | undefined, { heard }: Pick<SentBatch, "heard">): boolean {
  return probe?.circuit.reason === "ses-silent" && heard.unanswered > 0 && !heard.answered;
}

/** Tells all instances what the answers of a batch say of more than its own mail. */
export async function learnStops(
  { circuits }: DispatchPorts,
  probe: Probe | undefined,
  { results, heard }: SentBatch,
): Promise<void> {
  if (probe !== undefined && isAnswered(probe, { results, heard })) await circuits.close(probe.circuit);
  const stopped = new Map<string, Stopped>();
  for (const result of results.values()) {
    if (result.kind === "stopped") stopped.set(scopeText(result.scope), result);
  }
  for (const { scope, reason } of stopped.values()) await circuits.open(scope, reason);
  if (isStillSilent(probe, { heard })) await circuits.open(account, "ses-silent");
  else await circuits.hear(heard);
}

/** A silence ends with any answer; a refusal of the account's ends when mail is accepted. */
function isAnswered({ circuit }: Probe, { results, heard }: SentBatch): boolean {
  if (circuit.reason === "ses-silent") return heard.answered;
  return [...results.values()].some(({ kind }) => kind === "accepted");
}
