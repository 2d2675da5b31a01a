import type { ConfigurationInput } from "../../../shared/contracts/configuration.ts";

/** One stream for each way that mail may take; allowances that are spent within the run, so that much of it overflows. */
export default {
  name: "ses-warmup-kill",
  identities: ["example.com"],
  pools: {
    transactional: { ips: ["192.0.2.10"], plan: "small" },
    marketing: { ips: ["192.0.2.20", "192.0.2.21"], plan: "small" },
  },
  streams: {
    receipts: { pool: "transactional", unknownWaitMinutes: 5, referenceShare: 0 },
    newsletter: { pool: "marketing", unknownWaitMinutes: 5 },
    digest: { pool: "marketing", whenFull: "hold", longestHoldMinutes: 30, unknownWaitMinutes: 5 },
    alerts: { unknownWaitMinutes: 5 },
    vouchers: { pool: "transactional", onUnknown: "quarantine", unknownWaitMinutes: 5, referenceShare: 0 },
  },
  plans: { small: { startPerIp: 40, growthPerDay: 1.4, targetPerIp: 600, pace: "open" } },
  // No brake lowers a limit meanwhile: what is in force at the end was in force for every send.
  brakes: [],
} satisfies ConfigurationInput;
