import { accountFindings, rateFindings } from "./account-findings.ts";
import { expectedSets, type GuardedPool } from "./expected.ts";
import type { Finding } from "./finding.ts";
import { ipFindings } from "./ip-findings.ts";
import type { Seen } from "./seen.ts";
import { setFindings } from "./set-findings.ts";

/** Compares SES with the configuration and our own record: everything that is not as it must be. */
export function findings(pools: readonly GuardedPool[], seen: Seen): readonly Finding[] {
  return [
    ...(seen.account === undefined ? [] : accountFindings(seen.account)),
    ...(seen.rates === undefined ? [] : rateFindings(seen.rates)),
    ...(seen.ips === undefined ? [] : ipFindings(pools, seen.ips)),
    ...setFindings(expectedSets(pools), seen),
  ];
}
