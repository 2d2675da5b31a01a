import type { PoolStatus } from "../shared/app/status/status.ts";
import { verdictWords } from "../shared/domain/quality/verdict-words.ts";

/** One line for each provider at which the random samples tell something. */
export function referenceLines({ pool, reference }: Pick<PoolStatus, "pool" | "reference">): string[] {
  return reference.flatMap(({ provider, verdict, why }) =>
    verdict === "not-yet-known" ? [] : [`${pool} at ${provider}: ${verdictWords[verdict]} (${why})`],
  );
}
