import type { History } from "../domain/warm-up/history.ts";

/** The closed days of each pool and provider, as the ramp judged them. */
export interface Progress {
  /** By provider; providers without mail so far are left out. Strongly consistent. */
  read(pool: string): Promise<ReadonlyMap<string, History>>;
  write(pool: string, provider: string, history: History): Promise<void>;
}
