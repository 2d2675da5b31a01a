import type { ReplyRule } from "../rule.ts";
import { source } from "./sources.ts";

/** A refusal by rule that names neither the message nor the IP. */
export const policyRules: readonly ReplyRule[] = [
  {
    id: "receiver-policy",
    label: "policy_auth",
    part: "words",
    patterns: [
      "\\bpolic(?:y|ies)\\b",
      "administrative(?:ly)? (?:den|prohibit|reject|lock|block)",
      "not authori[sz]ed|unauthori[sz]ed|permission denied|prohibited|not permitted|security (?:reason|violation|requirement)",
      "delivery not authori[sz]ed|message refused|(?:access|client|sender) (?:is )?denied|access denied|denied by|insufficient (?:privilege|permission)",
      "your (?:message|mail|e-?mail) (?:was|has been|is) (?:rejected|refused|blocked)",
      "richtlini|politique|politica|beleid|zasad|политик|策略",
    ],
    source: source.servers,
  },
];
