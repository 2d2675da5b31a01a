import { claimTag } from "../../domain/sending/claim.ts";
import { messageTag } from "../../domain/sending/message-tag.ts";
import type { MailTags, SendAnswer } from "../../ports/mail-sender.ts";
import { inParallel } from "../in-parallel.ts";
import type { Batch, DispatchPorts, DispatchSettings } from "./dispatch-ports.ts";
import type { Routed } from "./work.ts";

/** SES's answer, or why no call was made. */
export type SendResult = SendAnswer | { readonly kind: "out-of-time" };

/**
 * Sends every routed message, some at once. An answer that concerns the whole account (rate, quota, pause) ends the
 * calls of this batch: what was not called yet gets the same answer without a call.
 */
export async function sendRouted(
  ports: DispatchPorts,
  settings: DispatchSettings,
  batch: Batch,
  routed: readonly Routed[],
): Promise<ReadonlyMap<Routed, SendResult>> {
  const results = new Map<Routed, SendResult>();
  let stopped: SendResult | undefined;
  await inParallel(routed, settings.sendConcurrency, async (mail) => {
    const result = stopped ?? (await sendOne(ports, batch, mail));
    if (concernsAccount(result)) stopped = result;
    results.set(mail, result);
  });
  return results;
}

async function sendOne({ clock, sender }: DispatchPorts, batch: Batch, mail: Routed): Promise<SendResult> {
  if (clock.nowMs() > batch.sendUntilMs) return { kind: "out-of-time" };
  return sender.send(mail.route, mail.record.message.email, tagsOf(batch, mail));
}

function concernsAccount({ kind }: SendResult): boolean {
  return kind === "throttled" || kind === "quota-spent" || kind === "paused";
}

function tagsOf({ day }: Batch, { claim, route, stream, demand, record }: Routed): MailTags {
  const providers = [...demand.keys()];
  const message = messageTag(record.message.id);
  return {
    "sw-id": claimTag(claim),
    "sw-pool": route.pool,
    "sw-route": route.kind,
    // Several providers in one message: the feedback path then reads the provider from the recipient.
    "sw-provider": providers.length === 1 && providers[0] !== undefined ? providers[0] : "several",
    "sw-day": day,
    "sw-stream": stream.name,
    ...(message !== undefined && { "sw-message": message }),
  };
}
