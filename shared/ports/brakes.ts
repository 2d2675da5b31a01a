import type { Brake } from "../domain/brakes/brake.ts";
import type { DedicatedRouteKind } from "../domain/routing/route.ts";

export interface BrakeKey {
  readonly pool: string;
  readonly route: DedicatedRouteKind;
  readonly provider: string;
}

/** The latest brake of a route at a provider, in force or over. */
export interface KeptBrake {
  readonly key: BrakeKey;
  readonly brake: Brake;
  /** Its end was told already. */
  readonly endTold: boolean;
}

/** The brakes on record; the copy that holds back mail is on the day's allowance. */
export interface Brakes {
  /**
   * Keeps a brake in the place of the one before.
   * @returns the one before, if any; "same" when it is on record already, and nothing changes
   */
  keep(key: BrakeKey, brake: Brake): Promise<Brake | "same" | undefined>;
  read(pool: string): Promise<readonly KeptBrake[]>;
  /** Notes that the end of this very brake was told. @returns false when somebody else did, or another is on */
  tellEnd(key: BrakeKey, brake: Brake): Promise<boolean>;
}
