import type { Mutant } from "./mutant.ts";

const stopAnswers = "shared/adapters/ses/answer/stop-answers.ts";
const circuit = "shared/domain/sending/circuit.ts";

/** Bugs of stops: SES's refusal is taken for wider, narrower or longer than it is. */
export const stopMutants: readonly Mutant[] = [
  {
    name: "scope-of-404-widened",
    file: stopAnswers,
    find: 'setScope(configurationSet),\n    "ses-misconfigured"',
    replace: 'account,\n    "ses-misconfigured"',
    why: "A configuration set that is missing stops the mail of all others.",
  },
  {
    name: "paused-tenant-stops-everybody",
    file: stopAnswers,
    find: '{ kind: "tenant", name: tenant },',
    replace: "account,",
    why: "One tenant that SES paused stops the whole account's mail.",
  },
  {
    name: "account-pause-stops-one-set",
    file: stopAnswers,
    find: 'account,\n  "ses-paused"',
    replace: 'setScope("shared"),\n  "ses-paused"',
    why: "While the account is paused SES is called for every message of the other sets.",
  },
  {
    name: "circuit-never-closed",
    file: circuit,
    find: "return nowMs < circuit.untilMs || isHalfOpen(circuit, nowMs);",
    replace: "return nowMs < circuit.untilMs + 3_600_000 || isHalfOpen(circuit, nowMs);",
    why: "A stop of minutes keeps mail for an hour.",
  },
];
