import type { ReplyRule } from "../rule.ts";
import { source } from "./sources.ts";

/** What the receiver holds against our sender address or domain, short of a list. */
export const senderRules: readonly ReplyRule[] = [
  {
    id: "sender-status",
    label: "policy_auth",
    part: "status",
    patterns: ["^[45]\\.1\\.[78]$"],
    source: source.statusCodes,
  },
  {
    id: "sender-address",
    label: "policy_auth",
    part: "words",
    patterns: [
      "(?:sender|senders|return[- ]path|envelope[- ]from|mail[- ]?from|from (?:address|domain|header))(?:'s)?[^.;]{0,60}(?:not exist|doesn't exist|not found|unknown|invalid|verif|malformed|not allowed|not permitted|not accepted|not authori[sz]ed|unresolv|resolv|no mx|no such|not valid|rejected|denied|refused|blocked|illegal|missing|forged|fake|is not|must|syntax|mismatch|could not|cannot|prohibit)",
      "(?:verif\\w{1,8}|validat\\w{1,4}|invalid|unknown|illegal|bad|unable to verify|unresolvable|rejected|refused|fake|blocked|bogus) (?:\\w{1,12} ){0,2}(?:sender|return[- ]path|mail[- ]?from|from address|envelope)\\b",
      "domain of (?:the )?sender|sender'?s? domain|senders?'? verif|sender denied|callout",
      "spoof|forge(?:d|ry)|impersonat|masquerad",
      "null sender|empty (?:envelope|sender)|bounce messages? (?:\\w{1,12} ){0,3}not accepted",
      "(?:you are |sender |client |user |domain )?not (?:allowed|authori[sz]ed|permitted) to (?:send|use|submit|mail|post|deliver|transmit)",
      "(?:absender|expediteur|remitente|mittente|remetente|afzender|nadawc\\w|отправител\\w{1,2})[^.;]{0,60}(?:nicht|ungultig|unbekannt|abgelehnt|invalide|inconnu|refuse|rejete|rechazad|no valid|no existe|sconosciut|non valid|rifiutat|rejeitad|invalid|nao|geweigerd|onbekend|odrzuc|nieznan|не |отклон|запрещ)",
    ],
    source: source.servers,
  },
];
