import type { WallRecord } from "../domain/quality/wall.ts";

/** The walls on record, one record for each stream that ever had one. */
export interface Walls {
  /** Every record, those without a wall in force too. */
  read(): Promise<readonly WallRecord[]>;
  /**
   * Keeps a changed record; its version must be the one that was read.
   * @returns false when somebody else changed it meanwhile: nothing is written then
   */
  write(changed: WallRecord): Promise<boolean>;
}
