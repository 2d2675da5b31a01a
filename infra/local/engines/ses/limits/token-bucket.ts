/** A rate per second with one second's worth of burst, on whatever clock the caller reads. */
export class TokenBucket {
  #tokens: number | undefined;
  #atMs = 0;

  /**
   * Takes n tokens while any is left, as SES does: it then owes what it did not have, and grants nothing until that is
   * paid back.
   * @param perSecond - the rate, which may change from call to call
   */
  take(n: number, perSecond: number, nowMs: number): boolean {
    const elapsedMs = Math.max(0, nowMs - this.#atMs);
    const tokens = Math.min(perSecond, (this.#tokens ?? perSecond) + (elapsedMs / 1000) * perSecond);
    this.#atMs = Math.max(this.#atMs, nowMs);
    const granted = tokens > 0;
    this.#tokens = granted ? tokens - n : tokens;
    return granted;
  }
}
