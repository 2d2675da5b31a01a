import type { LifeCycle } from "../../domain/warm-up/life-cycle.ts";
import type { AuditEntry } from "../../ports/audit.ts";
import type { RampPorts } from "./ramp-ports.ts";

/** Stores a changed life cycle. @throws when somebody else changed it meanwhile */
export async function storeLifeCycle({ lifeCycles }: RampPorts, changed: LifeCycle): Promise<LifeCycle> {
  if (await lifeCycles.write(changed)) return { ...changed, version: changed.version + 1 };
  throw new Error(`the life cycle of pool ${changed.pool} was changed meanwhile: the next run decides anew`);
}

/** Keeps what the ramp did. */
export async function audit(
  { audit: entries, clock }: Pick<RampPorts, "audit" | "clock">,
  entry: Omit<AuditEntry, "atMs" | "by">,
): Promise<void> {
  await entries.keep({ atMs: clock.nowMs(), by: "ramp", ...entry });
}
