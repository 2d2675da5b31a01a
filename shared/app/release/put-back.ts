import { errorName } from "../../domain/errors.ts";
import { bodyKeptMs, type HeldMessage } from "../../ports/held-mail.ts";
import type { ReleasePorts } from "./release-run.ts";

/** `gone`: it was put back before, and a late write of its holding came after. `failed`: it stays held. */
export type PutBack = "released" | "gone" | "expired" | "failed";

/** Puts a held message back on the send queue, and holds it no more. Never throws. */
export async function putBack(ports: ReleasePorts, message: HeldMessage): Promise<PutBack> {
  const { held, sendQueue, clock, log } = ports;
  const failed = (error: string): void => log.error("HELD_RELEASE_FAILED", { hold: message.holdId, error });
  try {
    const body = await held.body(message);
    const { enqueuedAtMs, claimedAtMs } = message;
    if (body !== undefined) await sendQueue.enqueue({ body, enqueuedAtMs, claimedAtMs });
    else if (clock.nowMs() >= message.untilMs + bodyKeptMs) {
      failed("BodyExpired");
      return "expired";
    }
    await held.remove(message);
    return body === undefined ? "gone" : "released";
  } catch (error) {
    failed(errorName(error));
    return "failed";
  }
}
