import type { AttemptResult } from "./attempt-result.ts";

const domain = "@simulator.amazonses.com";

/** Whether the address belongs to the mailbox simulator of SES: no quota, no reputation, no suppression entry. */
export function isSimulator(address: string): boolean {
  return address.toLowerCase().endsWith(domain);
}

const delivered: AttemptResult = { kind: "delivered", reply: "250 2.6.0 Message received" };

const results: Record<string, AttemptResult> = {
  bounce: {
    kind: "bounced",
    outcome: "bounced",
    bounceType: "Permanent",
    bounceSubType: "General",
    status: "5.1.1",
    diagnosticCode: "smtp; 550 5.1.1 user unknown",
    suppress: false,
  },
  suppressionlist: {
    kind: "bounced",
    outcome: "suppressed",
    bounceType: "Permanent",
    bounceSubType: "Suppressed",
    status: "5.1.1",
    diagnosticCode:
      "Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.",
    suppress: false,
  },
  complaint: { ...delivered, complaintInMs: 0 },
};

/** How the simulator answers; `+label` changes nothing, and success and ooto are delivered. */
export function simulate(address: string): AttemptResult {
  const name = address.toLowerCase().slice(0, -domain.length).split("+", 1)[0] ?? "";
  return results[name] ?? delivered;
}
