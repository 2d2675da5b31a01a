import { type EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { errorName } from "../../domain/errors.ts";
import type { DomainEvent, DomainEvents } from "../../ports/domain-events.ts";
import type { Log } from "../../ports/log.ts";

/** Domain events on the account's default bus, source `ses-warmup`. A failure is logged and stops nothing. */
export class EventBridgeEvents implements DomainEvents {
  readonly #client: EventBridgeClient;
  readonly #log: Log;

  constructor(client: EventBridgeClient, log: Log) {
    this.#client = client;
    this.#log = log;
  }

  async publish({ type, pool, detail }: DomainEvent): Promise<void> {
    try {
      const entry = { Source: "ses-warmup", DetailType: type, Detail: JSON.stringify({ pool, ...detail }) };
      const { FailedEntryCount: failed = 0 } = await this.#client.send(new PutEventsCommand({ Entries: [entry] }));
      if (failed > 0) this.#log.warn("EVENT_NOT_PUBLISHED", { type, pool });
    } catch (error) {
      this.#log.warn("EVENT_NOT_PUBLISHED", { type, pool, error: errorName(error) });
    }
  }
}
