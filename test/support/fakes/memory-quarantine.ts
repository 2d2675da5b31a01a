import type { QuarantineReason } from "../../../shared/domain/sending/outcome.ts";
import type { NotedMessage, Quarantine } from "../../../shared/ports/quarantine.ts";

export class MemoryQuarantine implements Quarantine {
  readonly kept: { readonly body: string; readonly reason: QuarantineReason; readonly enqueuedAtMs: number }[] = [];
  readonly noted: { readonly message: NotedMessage; readonly reason: QuarantineReason }[] = [];

  async keep(body: string, reason: QuarantineReason, enqueuedAtMs: number): Promise<void> {
    this.kept.push({ body, reason, enqueuedAtMs });
  }

  async note(message: NotedMessage, reason: QuarantineReason): Promise<void> {
    this.noted.push({ message, reason });
  }
}
