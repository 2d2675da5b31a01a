import type { PoolStatus } from "../shared/app/status/status.ts";
import { stateInWords } from "./ips-text.ts";
import { referenceLines } from "./reference-text.ts";
import { alignedTable } from "./table.ts";

/** Where each pool's warm-up stands, and beneath it what an operator should know of it. */
export function warmUpLines(pools: readonly PoolStatus[]): string[] {
  if (pools.length === 0) return ["No pool is configured: all mail leaves by SES's shared IPs."];
  return [
    ...alignedTable(
      ["pool", "phase", "since", "IPs", "marks"].map((heading) => ({ heading })),
      pools.map((pool) => [pool.pool, pool.phase, pool.since ?? "-", ipsOf(pool), marksOf(pool).join(", ")]),
    ),
    ...pools.flatMap(notes),
  ];
}

/** `2 warming, 1 waiting`. */
function ipsOf({ ips }: PoolStatus): string {
  const byState = [...Map.groupBy(ips, ({ state }) => state)];
  return byState.map(([state, those]) => `${those.length} ${stateInWords[state]}`).join(", ") || "none";
}

function marksOf({ paused, byHand, holds }: PoolStatus): string[] {
  return [...(paused ? ["paused"] : []), ...(byHand ? ["by hand"] : []), ...(holds.length > 0 ? ["held"] : [])];
}

function notes({ pool, holds, providers, reference, advice }: PoolStatus): string[] {
  const graduated = providers.flatMap(({ provider, graduatedOn }) =>
    graduatedOn === undefined ? [] : [`${provider} (${graduatedOn})`],
  );
  const paused = providers.filter((each) => each.paused).map(({ provider }) => provider);
  const long = providers.filter((each) => each.takesLong).map(({ provider }) => provider);
  return [
    ...holds.map(({ code, sentence, since }) => `${pool} is held since ${since} (${code}): ${sentence}`),
    ...(graduated.length === 0 ? [] : [`${pool} is complete at ${graduated.join(", ")}`]),
    ...(paused.length === 0 ? [] : [`${pool} is paused at ${paused.join(", ")}`]),
    ...(long.length === 0 ? [] : [`${pool} takes longer than its plan says at ${long.join(", ")}`]),
    ...referenceLines({ pool, reference }),
    ...(advice === undefined ? [] : [advice.says]),
  ];
}
