import type * as z from "zod";
import { parseSendMessage, type SendMessage } from "../contracts/send-message.ts";
import { tooFarAhead } from "../contracts/send-times.ts";
import { WarmUpError } from "../domain/errors.ts";

/** A SendMessage as an application writes it: times as ISO 8601 text. */
export type SendMessageInput = z.input<typeof SendMessage>;

/** The message would end in quarantine. The text says what was expected. */
export class InvalidSendMessageError extends WarmUpError {
  override readonly name = "InvalidSendMessageError";
  readonly retryable = false;
}

/**
 * The body to put on the send queue for a message, checked here as the dispatcher will check it, so that a mistake shows
 * where it was made. Send it with any SQS client.
 * @param enqueuedAtMs - when it will be enqueued, epoch ms: `sendAfter` is judged by it
 * @throws InvalidSendMessageError
 */
export function sendMessageBody(message: SendMessageInput, enqueuedAtMs: number = Date.now()): string {
  const body = JSON.stringify(message);
  const parsed = parseSendMessage(body);
  if (parsed.kind === "malformed") throw new InvalidSendMessageError(parsed.reason.sentence);
  const tooFar = tooFarAhead(parsed.message, enqueuedAtMs);
  if (tooFar !== undefined) throw new InvalidSendMessageError(tooFar.sentence);
  return body;
}
