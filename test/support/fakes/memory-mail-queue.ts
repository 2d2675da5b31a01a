import type { ParkedMessage, Parking } from "../../../shared/ports/parking.ts";
import type { SendQueue } from "../../../shared/ports/send-queue.ts";

export interface QueuedMail extends ParkedMessage {
  readonly delaySeconds: number;
}

/** The send queue or the parked queue: what was put on it, in order. */
export class MemoryMailQueue implements SendQueue, Parking {
  readonly messages: QueuedMail[] = [];

  enqueue(message: ParkedMessage): Promise<void> {
    return this.park(message, 0);
  }

  async park({ body, enqueuedAtMs, claimedAtMs }: ParkedMessage, delaySeconds: number): Promise<void> {
    this.messages.push({ body, enqueuedAtMs, delaySeconds, ...(claimedAtMs !== undefined && { claimedAtMs }) });
  }
}
