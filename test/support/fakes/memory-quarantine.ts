import type { KeptTimes } from "../../../shared/domain/sending/id-life.ts";
import type { QuarantineReason } from "../../../shared/domain/sending/outcome.ts";
import type { NotedMessage, Quarantine } from "../../../shared/ports/quarantine.ts";

export class MemoryQuarantine implements Quarantine {
  readonly kept: ({ readonly body: string; readonly reason: QuarantineReason } & KeptTimes)[] = [];
  readonly noted: { readonly message: NotedMessage; readonly reason: QuarantineReason }[] = [];

  async keep(body: string, reason: QuarantineReason, times: KeptTimes): Promise<void> {
    this.kept.push({ body, reason, ...times });
  }

  async note(message: NotedMessage, reason: QuarantineReason): Promise<void> {
    this.noted.push({ message, reason });
  }
}
