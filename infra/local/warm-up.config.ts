import type { ConfigurationInput } from "../../shared/contracts/configuration.ts";

/** The system of a local run: the same shape as a real one, with a plan small enough to warm up within a short run. */
export default {
  name: "ses-warmup-local",
  identities: ["example.com"],
  pools: {
    transactional: { ips: ["192.0.2.10"], plan: "local" },
    // Two IPs in one pool: SES spreads the pool's mail evenly, so its allowance is twice the figure per IP.
    marketing: { ips: ["192.0.2.20", "192.0.2.21"], plan: "local" },
  },
  streams: {
    // No random samples: all of it takes warming IPs while there is room.
    receipts: { pool: "transactional", whenFull: "overflow", unknownWaitMinutes: 5, referenceShare: 0 },
    newsletter: { pool: "marketing", whenFull: "overflow", unknownWaitMinutes: 5 },
    digest: { pool: "marketing", whenFull: "hold", longestHoldMinutes: 240, unknownWaitMinutes: 5 },
    alerts: { unknownWaitMinutes: 5 },
  },
  plans: {
    // For about 2,000 messages a day in all: the largest provider's share on one pool stays below 600 per IP.
    local: { startPerIp: 20, growthPerDay: 1.4, targetPerIp: 600, minDays: 10, pace: "open" },
  },
} satisfies ConfigurationInput;
