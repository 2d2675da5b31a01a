import type { DomainEvent, DomainEvents } from "../../../shared/ports/domain-events.ts";

export class MemoryDomainEvents implements DomainEvents {
  /** What was published, in order. */
  readonly published: DomainEvent[] = [];

  async publish(event: DomainEvent): Promise<void> {
    this.published.push(event);
  }
}
