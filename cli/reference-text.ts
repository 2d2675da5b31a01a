import type { PoolStatus } from "../shared/app/status/status.ts";
import type { ArmVerdict } from "../shared/domain/quality/reference-arm.ts";

const verdictInWords: Readonly<Record<Exclude<ArmVerdict, "not-yet-known">, string>> = {
  "dedicated-better": "warming IPs do better than others",
  "dedicated-worse": "warming IPs do worse than others",
  "no-difference-seen": "no difference seen between warming IPs and others",
};

/** One line for each provider at which the random samples tell something. */
export function referenceLines({ pool, reference }: Pick<PoolStatus, "pool" | "reference">): string[] {
  return reference.flatMap(({ provider, verdict, why }) =>
    verdict === "not-yet-known" ? [] : [`${pool} at ${provider}: ${verdictInWords[verdict]} (${why})`],
  );
}
