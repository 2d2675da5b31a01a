import type { ConfigurationInput } from "../../shared/contracts/configuration.ts";

/** A pool with room for a day of traffic from the first day on. */
export default {
  name: "ses-warmup-brake",
  identities: ["example.com"],
  pools: { marketing: { ips: ["192.0.2.20"], plan: "wide" } },
  streams: { newsletter: { pool: "marketing", whenFull: "overflow", unknownWaitMinutes: 5, referenceShare: 0 } },
  plans: { wide: { startPerIp: 1_000, growthPerDay: 1.5, targetPerIp: 5_000, pace: "open" } },
} satisfies ConfigurationInput;
