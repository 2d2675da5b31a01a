import { armOnRoute } from "../../domain/feedback/arm.ts";
import { claimTag } from "../../domain/sending/claim.ts";
import { messageTag } from "../../domain/sending/message-tag.ts";
import type { MailTags, SendAnswer } from "../../ports/mail-sender.ts";
import { inParallel } from "../in-parallel.ts";
import type { Batch, DispatchPorts, DispatchSettings } from "./dispatch-ports.ts";
import type { Routed } from "./work.ts";

/** SES's answer, or why no call was made. */
export type SendResult = SendAnswer | { readonly kind: "out-of-time" };

/**
 * Sends every routed message, some at once. An answer that holds for more than its message (rate, quota, pause,
 * permissions) ends the calls it holds for: what was not called yet gets the same answer without a call.
 */
export async function sendRouted(
  ports: DispatchPorts,
  settings: DispatchSettings,
  batch: Batch,
  routed: readonly Routed[],
): Promise<ReadonlyMap<Routed, SendResult>> {
  const results = new Map<Routed, SendResult>();
  const stopped = new Map<string, SendResult>();
  await inParallel(routed, settings.sendConcurrency, async (mail) => {
    const { configurationSet } = mail.route;
    const result = stopped.get(account) ?? stopped.get(configurationSet) ?? (await sendOne(ports, batch, mail));
    const scope = scopeOf(result, configurationSet);
    if (scope !== undefined) stopped.set(scope, result);
    results.set(mail, result);
  });
  return results;
}

/** Stands for all configuration sets; no set is named so. */
const account = "*";

async function sendOne({ clock, sender }: DispatchPorts, batch: Batch, mail: Routed): Promise<SendResult> {
  if (clock.nowMs() > batch.sendUntilMs) return { kind: "out-of-time" };
  try {
    return await sender.send(mail.route, mail.record.message.email, tagsOf(batch, mail));
  } catch {
    return { kind: "unknown" }; // against the port's word; nobody knows whether SES took it
  }
}

/** What an answer holds for beyond its message; undefined for the message alone. */
function scopeOf(result: SendResult, configurationSet: string): string | undefined {
  switch (result.kind) {
    case "throttled":
    case "quota-spent":
      return account;
    case "paused":
      return result.scope === "account" ? account : configurationSet;
    case "misconfigured":
      return configurationSet;
    case "accepted":
    case "refused":
    case "unknown":
    case "out-of-time":
      return undefined;
    default:
      return result satisfies never;
  }
}

function tagsOf({ day }: Batch, { claim, route, stream, arm, demand, record }: Routed): MailTags {
  const providers = [...demand.keys()];
  const message = messageTag(record.message.id);
  const sample = armOnRoute(arm, route, stream.pool);
  return {
    "sw-id": claimTag(claim),
    "sw-pool": route.pool,
    "sw-route": route.kind,
    // Several providers in one message: the feedback path then reads the provider from the recipient.
    "sw-provider": providers.length === 1 && providers[0] !== undefined ? providers[0] : "several",
    "sw-day": day,
    "sw-stream": stream.name,
    ...(message !== undefined && { "sw-message": message }),
    ...(sample !== "none" && { "sw-arm": sample }),
  };
}
