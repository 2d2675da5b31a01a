import type { ArmEvidence } from "../../domain/quality/reference-arm.ts";
import type { ReferenceEvidence } from "../../ports/reference-evidence.ts";

/** Whether mail fares better on a pool's warming IPs than on others, at one provider. */
export interface ReferenceStatus extends ArmEvidence {
  readonly provider: string;
}

/** What the random samples of a pool showed, by provider. */
export async function readReference(
  evidence: Pick<ReferenceEvidence, "read">,
  pool: string,
): Promise<readonly ReferenceStatus[]> {
  return (await evidence.read(pool)).map(({ provider, evidence: found }) => ({ provider, ...found }));
}
