import type { ParkedMessage, Parking } from "../../../shared/ports/parking.ts";
import type { SendQueue } from "../../../shared/ports/send-queue.ts";

export interface QueuedMail {
  readonly body: string;
  readonly enqueuedAtMs: number;
  readonly delaySeconds: number;
  /** How often it was parked in a row, and since when; undefined for mail that was not parked. */
  readonly parkings?: number;
  readonly parkedSinceMs?: number;
}

/** The send queue or the parked queue: what was put on it, in order. */
export class MemoryMailQueue implements SendQueue, Parking {
  readonly messages: QueuedMail[] = [];

  async enqueue({ body, enqueuedAtMs }: Parameters<SendQueue["enqueue"]>[0]): Promise<void> {
    this.messages.push({ body, enqueuedAtMs, delaySeconds: 0 });
  }

  async park({ body, enqueuedAtMs, parkings, parkedSinceMs }: ParkedMessage, delaySeconds: number): Promise<void> {
    this.messages.push({ body, enqueuedAtMs, delaySeconds, parkings: parkings + 1, parkedSinceMs });
  }
}
