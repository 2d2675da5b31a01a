import type { Audit, AuditEntry } from "../../ports/audit.ts";
import type { DomainEvents } from "../../ports/domain-events.ts";

export interface ActPorts {
  readonly audit: Audit;
  readonly events: DomainEvents;
}

/** Keeps what an operator did to a pool on record, and tells other systems. */
export async function keepAct({ audit, events }: ActPorts, act: AuditEntry): Promise<void> {
  await audit.keep(act);
  const { by, pool, provider, ip, action, says } = act;
  await events.publish({ type: "Operator Acted", pool, detail: { action, provider, ip, by, says } });
}
