import { recipientsOf } from "../../contracts/email-request.ts";
import { armOnRoute } from "../../domain/feedback/arm.ts";
import { passText } from "../../domain/routing/passed-over.ts";
import { claimTag } from "../../domain/sending/claim.ts";
import { messageTag } from "../../domain/sending/message-tag.ts";
import type { MailTags, SendAnswer } from "../../ports/mail-sender.ts";
import { inParallel } from "../in-parallel.ts";
import type { Batch, DispatchPorts, DispatchSettings } from "./dispatch-ports.ts";
import type { Routed } from "./work.ts";

/** SES's last answer, or why no call was made. */
export type SendResult =
  | SendAnswer
  | { readonly kind: "out-of-time" }
  /** Its turn by the account's sending rate comes later than the batch may call. */
  | { readonly kind: "no-turn" }
  /** Its `sendBefore` passed while it waited for its turn. */
  | { readonly kind: "too-late" };

/**
 * Sends every routed message, some at once, each at its turn by the account's sending rate. An answer that holds for
 * more than its message (quota, pause, permissions) ends the calls it holds for: what was not called yet gets the same
 * answer without a call.
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

/** A throttled call is made again while there is time: SES's refusal proves that nothing was sent under the claim. */
async function sendOne(ports: DispatchPorts, batch: Batch, mail: Routed): Promise<SendResult> {
  const { clock, pace } = ports;
  const recipients = recipientsOf(mail.record.message.email.Destination).length;
  let answer: SendAnswer | undefined;
  do {
    const turn = await pace.turn(recipients, batch.sendUntilMs);
    if (turn !== "now") return answer ?? { kind: turn };
    const beganMs = clock.nowMs();
    if (beganMs >= (mail.record.message.sendBefore ?? Number.POSITIVE_INFINITY)) return { kind: "too-late" };
    answer = await call(ports, batch, mail);
    pace.answered(answer.kind === "throttled", beganMs);
  } while (answer.kind === "throttled");
  return answer;
}

async function call({ sender }: DispatchPorts, batch: Batch, mail: Routed): Promise<SendAnswer> {
  try {
    return await sender.send(mail.route, mail.record.message.email, tagsOf(batch, mail));
  } catch {
    return { kind: "unknown" }; // against the port's word; nobody knows whether SES took it
  }
}

/** What an answer holds for beyond its message; undefined for the message alone. */
function scopeOf(result: SendResult, configurationSet: string): string | undefined {
  switch (result.kind) {
    case "quota-spent":
      return account;
    case "paused":
      return result.scope === "account" ? account : configurationSet;
    case "misconfigured":
      return configurationSet;
    case "accepted":
    case "refused":
    case "unknown":
    case "throttled":
    case "out-of-time":
    case "no-turn":
    case "too-late":
      return undefined;
    default:
      return result satisfies never;
  }
}

/** SES takes no more tags on one mail. */
const mostTags = 50;

function tagsOf({ day }: Batch, mail: Routed): MailTags {
  const { claim, route, stream, arm, demand, record } = mail;
  const providers = [...demand.keys()];
  const message = messageTag(record.message.id);
  const sample = armOnRoute(arm, route, stream.pool);
  const tags: MailTags = {
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
  const [first] = mail.passedOver;
  const count = (record.message.email.EmailTags ?? []).length + Object.keys(tags).length;
  return first === undefined || count >= mostTags ? tags : { ...tags, "sw-why": passText(first) };
}
