import type { ArmVerdict } from "./reference-arm.ts";

/** What the random samples say of a pool's warming IPs, for people. */
export const verdictWords: Readonly<Record<ArmVerdict, string>> = {
  "dedicated-better": "warming IPs do better than others",
  "dedicated-worse": "warming IPs do worse than others",
  "no-difference-seen": "no difference seen between warming IPs and others",
  "not-yet-known": "not yet known",
};
