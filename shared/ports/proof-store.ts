/** Positions of a batch that SES events have proved to be sent; written only where no receipt covers them. */
export interface ProofStore {
  add(batch: string, positions: readonly number[], nowMs: number): Promise<void>;
  /** Strongly consistent; empty when nothing is proved. */
  get(batch: string): Promise<ReadonlySet<number>>;
}
