import type { IpState } from "../shared/app/status/ip-status.ts";
import type { ProviderProgress } from "../shared/app/status/provider-progress.ts";
import type { KnownIps, PoolProgress } from "../shared/app/status/read-ips.ts";
import { alignedTable } from "./table.ts";

/** A state as a person reads it. */
export const stateInWords: Readonly<Record<IpState, string>> = {
  warming: "warming",
  waiting: "waiting",
  established: "established",
  "not-assigned": "not assigned",
  "not-listed-by-ses": "not listed by SES",
  "unknown-to-the-configuration": "unknown to the configuration",
};

/** Every IP for a person, then each pool's progress and advice. */
export function ipsText({ ips, pools }: KnownIps): string[] {
  if (ips.length === 0) {
    return ["No dedicated IP is known: neither the configuration nor SES lists one. Mail leaves by SES's shared IPs."];
  }
  const advice = pools.flatMap((pool) => pool.advice?.says ?? []);
  return [
    ...alignedTable(
      [
        ...["IP", "pool", "SES pool", "state"].map((heading) => ({ heading })),
        { heading: "%", figures: true },
        { heading: "since" },
        { heading: "day", figures: true },
      ],
      ips.map(({ ip, pool = "(none)", sesPool = "-", state, percentage, since = "-", warmUpDay }) => [
        ip,
        pool,
        sesPool,
        stateInWords[state],
        String(percentage ?? "-"),
        since,
        String(warmUpDay ?? "-"),
      ]),
    ),
    ...progressTable(pools),
    ...(advice.length === 0 ? [] : ["", ...advice]),
  ];
}

function progressTable(pools: readonly PoolProgress[]): string[] {
  const rows = pools.flatMap(({ pool, providers }) =>
    providers.map((each) => [pool, each.provider, String(each.level), String(each.target), standing(each)]),
  );
  if (rows.length === 0) return ["", "No provider has had mail by these IPs yet."];
  return [
    "",
    "Recipients a day over all warming IPs of the pool; days left by the plan's growth, at the latest",
    ...alignedTable(
      [
        { heading: "pool" },
        { heading: "provider" },
        { heading: "level", figures: true },
        { heading: "target", figures: true },
        { heading: "stands" },
      ],
      rows,
    ),
  ];
}

function standing({ paused, graduatedOn, daysLeft, readyOn }: ProviderProgress): string {
  if (graduatedOn !== undefined) return `complete since ${graduatedOn}`;
  if (paused) return "paused";
  return daysLeft === undefined ? "no date: it does not grow now" : `${daysLeft} days left, ${readyOn}`;
}
