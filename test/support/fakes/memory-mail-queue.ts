import type { KeptTimes } from "../../../shared/domain/sending/id-life.ts";
import type { ParkedMessage, Parking } from "../../../shared/ports/parking.ts";
import type { QueuedMessage, SendQueue } from "../../../shared/ports/send-queue.ts";

export interface QueuedMail extends KeptTimes {
  readonly body: string;
  readonly delaySeconds: number;
  /** How often it was parked in a row, and since when; undefined for mail that was not parked. */
  readonly parkings?: number;
  readonly parkedSinceMs?: number;
}

/** The send queue or the parked queue: what was put on it, in order. */
export class MemoryMailQueue implements SendQueue, Parking {
  readonly messages: QueuedMail[] = [];

  async enqueue({ body, ...times }: QueuedMessage): Promise<void> {
    this.messages.push({ body, ...kept(times), delaySeconds: 0 });
  }

  async park({ body, parkings, parkedSinceMs, ...times }: ParkedMessage, delaySeconds: number): Promise<void> {
    this.messages.push({ body, ...kept(times), delaySeconds, parkings: parkings + 1, parkedSinceMs });
  }
}

/** A time that is not known is not on the queue. */
function kept({ enqueuedAtMs, claimedAtMs }: KeptTimes): KeptTimes {
  return { enqueuedAtMs, ...(claimedAtMs !== undefined && { claimedAtMs }) };
}
