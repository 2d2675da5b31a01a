import type { QuarantineReason } from "../../../shared/domain/sending/outcome.ts";
import type { Quarantine } from "../../../shared/ports/quarantine.ts";

export class MemoryQuarantine implements Quarantine {
  readonly kept: { readonly body: string; readonly reason: QuarantineReason }[] = [];

  async keep(body: string, reason: QuarantineReason): Promise<void> {
    this.kept.push({ body, reason });
  }
}
