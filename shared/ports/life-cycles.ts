import type { LifeCycle } from "../domain/warm-up/life-cycle.ts";

/** The pools' life cycles. */
export interface LifeCycles {
  /** Strongly consistent; a new life cycle of version 0 when nothing is stored. */
  read(pool: string): Promise<LifeCycle>;
  /**
   * Stores a changed life cycle in place of the version it was made from.
   * @returns false when somebody else changed it meanwhile: read again and decide anew
   */
  write(changed: LifeCycle): Promise<boolean>;
}
