/** A rate per second with one second's worth of burst, on whatever clock the caller reads. */
export class TokenBucket {
  #tokens: number | undefined;
  #atMs = 0;

  /**
   * Takes n tokens if it may. More than a second's worth is granted to a full bucket, which then owes the rest.
   * @param perSecond - the rate, which may change from call to call
   */
  take(n: number, perSecond: number, nowMs: number): boolean {
    const elapsedMs = Math.max(0, nowMs - this.#atMs);
    const tokens = Math.min(perSecond, (this.#tokens ?? perSecond) + (elapsedMs / 1000) * perSecond);
    this.#atMs = Math.max(this.#atMs, nowMs);
    const granted = tokens >= Math.min(n, perSecond);
    this.#tokens = granted ? tokens - n : tokens;
    return granted;
  }
}
