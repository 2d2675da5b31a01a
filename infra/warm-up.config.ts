import type { ConfigurationInput } from "../shared/contracts/configuration.ts";

// The one file you edit. It is checked before anything is deployed: what does not fit is named with its place, its
// value and what was expected. Every setting is described in shared/contracts/configuration.ts.
export default {
  // Verified SES identities your applications send from: domains, or single addresses.
  identities: ["example.com"],

  // A pool is a set of dedicated IPs that carries mail of one kind, so that one kind cannot spoil the other's
  // reputation. It warms up by its plan: adaptive, cautious, balanced, brisk, or one of your own under `plans`.
  pools: {
    transactional: {
      ips: ["192.0.2.10"], // as SES lists them; one IP per pool gives exact control of what that IP sends
      plan: "adaptive",
    },
    marketing: {
      ips: [], // leased later: until then this pool's mail leaves from SES's shared IPs, or waits (`whenFull`)
      plan: "balanced",
    },
  },

  // A stream is what an application names on each message it puts on the send queue. Its mail leaves by its pool; rules
  // (`poolRules`) may give part of it another one, by sender, recipients or tag.
  streams: {
    receipts: { pool: "transactional" },
    // A newsletter can wait for room on its own IPs; what has waited for `longestHoldMinutes` leaves by shared ones.
    newsletter: { pool: "marketing", whenFull: "hold", longestHoldMinutes: 720 },
    // No pool: always SES's shared IPs.
    alerts: {},
  },
} satisfies ConfigurationInput;
