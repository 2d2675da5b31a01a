/** Time. Nothing in `shared/domain` or `shared/app` reads a clock of its own. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  nowMs(): number;
}
