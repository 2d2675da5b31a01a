import type { AttemptResult, Bounced } from "./attempt-result.ts";

const domain = "@simulator.amazonses.com";

/** Whether the address belongs to the mailbox simulator of SES: no quota, no reputation, no suppression entry. */
export function isSimulator(address: string): boolean {
  return address.toLowerCase().endsWith(domain);
}

const delivered: AttemptResult = { kind: "delivered", reply: "250 2.6.0 Message received" };

/** What SES says of an address on its own list: no provider is asked. */
export const onGlobalList: Bounced = {
  kind: "bounced",
  outcome: "suppressed",
  bounceType: "Permanent",
  bounceSubType: "Suppressed",
  status: "5.1.1",
  diagnosticCode:
    "Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address. For more information about how to remove an address from the suppression list, see the Amazon SES Developer Guide: http://docs.aws.amazon.com/ses/latest/DeveloperGuide/remove-from-suppressionlist.html",
  suppress: false,
};

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
  suppressionlist: onGlobalList,
  complaint: { ...delivered, reactsInMs: 0 },
  ooto: { ...delivered, reactsInMs: 0 },
};

/** Which of the simulator's addresses it is; `+label` changes nothing. */
export function simulatorName(address: string): string {
  return address.toLowerCase().slice(0, -domain.length).split("+", 1)[0] ?? "";
}

/** How the simulator answers; what it has no case for is delivered. */
export function simulate(address: string): AttemptResult {
  return results[simulatorName(address)] ?? delivered;
}
