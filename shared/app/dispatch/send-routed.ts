import { recipientsOf } from "../../contracts/email-request.ts";
import { errorName } from "../../domain/errors.ts";
import { armOnRoute } from "../../domain/feedback/arm.ts";
import { passText } from "../../domain/routing/passed-over.ts";
import { claimTag } from "../../domain/sending/claim.ts";
import { messageTag } from "../../domain/sending/message-tag.ts";
import type { MailTags, SendAnswer } from "../../ports/mail-sender.ts";
import { inParallel } from "../in-parallel.ts";
import { BatchStops } from "./batch-stops.ts";
import type { Batch, DispatchPorts, DispatchSettings } from "./dispatch-ports.ts";
import type { Heard } from "./recent-circuits.ts";
import type { Routed } from "./work.ts";

/** SES's last answer, or why no call was made. */
export type SendResult =
  | SendAnswer
  | { readonly kind: "out-of-time" }
  /** Its turn by the account's sending rate comes later than the batch may call. */
  | { readonly kind: "no-turn" }
  /** Its `sendBefore` passed while it waited for its turn. */
  | { readonly kind: "too-late" }
  /** SES answered none of the calls before it. */
  | { readonly kind: "silence" };

export interface SentBatch {
  /** A result for each routed message. */
  readonly results: ReadonlyMap<Routed, SendResult>;
  readonly heard: Heard;
}

/**
 * Sends every routed message, some at once, each at its turn by the account's sending rate. An answer that holds for
 * more than its message ends the calls it holds for: what was not called yet gets the same answer without a call. So do
 * some calls in a row without an answer. Never throws.
 */
export async function sendRouted(
  ports: DispatchPorts,
  settings: DispatchSettings,
  batch: Batch,
  routed: readonly Routed[],
): Promise<SentBatch> {
  const results = new Map<Routed, SendResult>();
  const stops = new BatchStops();
  await inParallel(routed, settings.sendConcurrency, async (mail) => {
    results.set(mail, stops.before(mail) ?? (await sendOne(ports, batch, mail, stops)));
  });
  return { results: ports.witnesses.judge(results), heard: stops };
}

/** A throttled call is made again while there is time: SES's refusal proves that nothing was sent under the claim. */
async function sendOne(ports: DispatchPorts, batch: Batch, mail: Routed, stops: BatchStops): Promise<SendResult> {
  const { clock, pace, log } = ports;
  const recipients = recipientsOf(mail.record.message.email.Destination).length;
  try {
    let answer: SendAnswer | undefined;
    do {
      const turn = await pace.turn(recipients, batch.sendUntilMs);
      if (turn !== "now") return answer ?? { kind: turn };
      const beganMs = clock.nowMs();
      if (beganMs >= (mail.record.message.sendBefore ?? Number.POSITIVE_INFINITY)) return { kind: "too-late" };
      answer = await ports.sender.send(mail.route, mail.record.message.email, tagsOf(batch, mail));
      stops.heard(answer);
      pace.answered(mayBeRepeated(answer), beganMs);
    } while (mayBeRepeated(answer));
    return answer;
  } catch (error) {
    // Against the ports' word. Nobody knows whether SES took the mail.
    log.error("CALL_FAILED", { batch: batch.id, position: mail.position, error: errorName(error) });
    stops.heard({ kind: "unknown" });
    return { kind: "unknown" };
  }
}

/** Answers that prove that nothing was sent, and that may be another one in a moment. */
function mayBeRepeated({ kind }: SendAnswer): boolean {
  return kind === "throttled" || kind === "unreachable";
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
