/** Randomness, for names that must not collide. */
export interface Chance {
  /** A fresh name of 20 characters `[a-z0-9]`, unique for all practical purposes. */
  id(): string;
}
