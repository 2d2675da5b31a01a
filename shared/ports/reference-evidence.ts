import type { ArmEvidence } from "../domain/quality/reference-arm.ts";

/** What the random samples of a pool showed at one provider. */
export interface ProviderEvidence {
  readonly provider: string;
  readonly evidence: ArmEvidence;
}

/** The evidence on record: the latest for each pool and provider. */
export interface ReferenceEvidence {
  /** Keeps evidence in the place of what was there. */
  keep(pool: string, found: ProviderEvidence): Promise<void>;
  /** By provider, in order of its name. */
  read(pool: string): Promise<readonly ProviderEvidence[]>;
}
