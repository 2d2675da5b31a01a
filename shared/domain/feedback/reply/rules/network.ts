import type { ReplyRule } from "../rule.ts";
import { source } from "./sources.ts";

/** The sending side's own words: nobody answered. */
export const connectionRules: readonly ReplyRule[] = [
  {
    id: "no-connection",
    label: "network",
    part: "words",
    patterns: [
      "connect to \\S{1,200}: (?:connection|no route|network|operation|host|read|server)",
      "could not complete (?:\\w{1,12} ){0,2}(?:callout|verif)|lost connection with|(?:unable|failed|could not|cannot) (?:to )?connect to (?:the )?(?:remote|mx|\\S{1,100}\\[)",
    ],
    source: source.servers,
  },
];

/** Nobody's verdict: the way to the receiver or the receiver itself is out of order. */
export const networkRules: readonly ReplyRule[] = [
  {
    id: "connection",
    label: "network",
    part: "words",
    patterns: [
      "connect(?:ion)? (?:to \\S{1,200} )?(?:was |is )?(?:timed? ?out|refused|reset|dropped|lost|closed|failed|aborted|broken|deferred|terminated|died)",
      "(?:lost|failed|unable|could not|cannot|can't|wasn't able|not able|error|failure)[^.;]{0,30} (?:connect|connection|establish|reach|transferr)\\w{0,4}",
      "time[- ]?d?[- ]?out\\b|no (?:route|answer|response)\\b|unreachable|not respond|broken pipe|reset by peer|network (?:error|is|problem)|host (?:is )?down",
      "(?:dns|name ?server|mx|lookup|look-up)[^.;]{0,40}(?:error|fail|problem|timeout|unable|servfail|temporar)|(?:error|fail\\w{0,4}) [^.;]{0,30}(?:dns|resolv|lookup|look up)",
    ],
    source: source.servers,
  },
  {
    id: "receiver-out-of-service",
    label: "network",
    part: "words",
    patterns: [
      "expired|in (?:the )?queue (?:too|for)|giving up|message could not be delivered for|too old|retry time(?:out)?",
      "(?:service|server|system|host|mail ?server|resource|backend|mailbox store|smtp)s? (?:is |are |was )?(?:\\w{1,14} )?(?:not |un)(?:available|active|ready|accessible|operational)",
      "(?:overload|load (?:average|is|too)|too busy|\\bbusy\\b|out of memory|memory|resources?\\b|maintenance|shut(?:ting)? ?down|restart|offline|out of service|capacity)",
      "(?:temporar\\w{1,3}|internal|system|local|config\\w{0,8}|server|unexpected|unknown|processing|software|protocol) (?:\\w{1,12} )?(?:error|fail\\w{0,4}|problem|unavailable|deferred|reject\\w{0,3}|delay\\w{0,2}|suspend\\w{0,2})",
      "error (?:in|while|during) process|transaction failed|replicat|queue file|i/o error|try (?:again )?later|try again|come back later|please retry|retry later",
      "zeituberschreitung|nicht erreichbar|voruberge?hend|indisponible|temporairement|plus tard|no disponible|temporalmente|intentelo|non disponibile|temporaneamente|piu tardi|indisponivel|temporariamente|mais tarde|tijdelijk|tymczasow|временн|попробуите|повторите|稍后|稍後|再试|しばらく",
    ],
    source: source.servers,
  },
  {
    id: "syntax",
    label: "other",
    part: "words",
    patterns: [
      "syntax|unrecogni[sz]ed|(?:bad|out of) sequence|not implemented|command|parameters?\\b|arguments?\\b|licen[sc]e",
    ],
    source: source.rfc5321,
  },
];
