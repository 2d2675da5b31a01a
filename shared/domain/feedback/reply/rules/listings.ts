import type { ReplyRule } from "../rule.ts";
import { source } from "./sources.ts";

const whoIsListed =
  "(?:\\bips?\\b|ip address(?:es)?|ipaddr|\\bhosts?\\b|client|server|\\bmta\\b|network|subnet|netblock|connection|connecting|relay|mail from)";

/** Lists of addresses and domains. Lists of what a message links to are about the message. */
export const listingRules: readonly ReplyRule[] = [
  {
    id: "link-listing",
    label: "content_rejected",
    part: "text",
    patterns: [
      "\\buribl\\b",
      "\\bsurbl\\b",
      "\\bdbl\\b",
      "\\bivmuri\\b",
      "\\b(?:url|uri|link|website)s?\\b[^.;]{0,50}(?:black|block|listed|reject|denied|deny)",
      "(?:black|block)[- ]?listed (?:url|uri|link|domain in)",
      "fortiguard",
    ],
    source: source.spamhaus,
  },
  {
    id: "listing-by-name",
    label: "blocked",
    part: "text",
    patterns: [
      "spamhaus",
      "\\b(?:zen|xbl|pbl|sbl|css|drop)\\b[^.;]{0,20}(?:list|lookup|query)",
      "spamcop",
      "\\bsorbs\\b",
      "barracudacentral|barracudanetworks\\.com/reputation|barracuda reputation|\\bbrbl\\b",
      "abuseat|\\bcbl\\b",
      "\\bpsbl\\b|surriel",
      "invaluement|ivmsip",
      "uceprotect|backscatterer",
      "mailspike",
      "sender ?score|senderbase|talosintelligence",
      "trend ?micro[^.;]{0,40}(?:rbl|reputation)|mail-abuse\\.(?:com|org)|ers\\.trendmicro",
      "hostkarma|junkemailfilter",
      "\\bnix ?spam\\b|manitu\\.net",
      "spamrats|spameatingmonkey|\\bspfbl\\b",
      "\\b(?:njabl|ahbl|dsbl|dronebl|gbudb|wpbl|abusix|lashback|unsubscore|nordspam|s5h|0spam|spamcannibal|swinog)\\b",
      "blockedbyearthlink",
      "cloudmark|\\bcsi: ?\\[?\\d|\\bcsi\\b[^.;]{0,30}(?:poor|suspect|reputation)",
      "\\.lashback\\.|\\.gbudb\\.|\\.abusix\\.|\\.swinog\\.|\\.s5h\\.|\\.0spam\\.",
    ],
    source: source.spamhaus,
  },
  {
    id: "recipients-own-list",
    label: "policy_auth",
    part: "words",
    patterns: [
      "(?:sender|from|return)(?: \\w{1,10}){0,2} (?:is |was |has been )?(?:on|in|by) [^.;]{0,30}(?:recipient|user)'?s? [^.;]{0,20}(?:black|block|deny)",
      "(?:recipient|user) (?:has )?(?:black|block|deny)[- ]?list|(?:recipient|user) has blocked|sender [^.;]{0,30}not (?:in|on) [^.;]{0,30}list",
      "(?:sender|from) (?:address|e-?mail)?[^.;]{0,20}(?:black|block|deny)[- ]?listed",
    ],
    source: source.servers,
  },
  {
    id: "address-listing",
    label: "blocked",
    part: "words",
    patterns: [
      "\\b(?:black|block|bad|deny|reject)[-_ ]?list(?:ed|ing|s|e{1,2}|[ai][dt][ao]s?|iert)?\\b",
      "\\bdns-?[bw]ls?\\b",
      "\\br[ha]?s?bls?\\b",
      "real[- ]?time (?:black|block)",
      "\\bblocked using\\b",
      "_is_blocked",
      "(?:listed|found) (?:in|on|at|by|with) (?:our|the|an?|one|several|multiple|some|local|internal|public|dns)\\b[^.;]{0,40}(?:list|bl\\b|database)",
      `${whoIsListed}[^.;]{0,60} (?:is|are|was|been) (?:currently )?(?:listed|black|block[- ]?listed)`,
      "not (?:in|on) (?:the |our |an? )?(?:white|allow|safe|pass)[- ]?list",
      "liste? ?noire|lista ?ne(?:gra|ra)|schwarze[nr]? liste|zwarte lijst|czarn(?:a|ej) li[sś]\\w{1,3}|черн\\S{1,4} спис|黑名单|黑名單|ブラックリスト",
    ],
    source: source.operators,
  },
];
