import type { ReplyRule } from "../rule.ts";
import { source } from "./sources.ts";

const address = "(?:\\bips?\\b|ip[- ]address?e?s?|ipaddr|netblock|subnet|client host|\\bclient\\b|country|region)";
const machine = "(?:host|server|\\bmta\\b|network|connections?|provider|range|(?:sender|sending|your) domain|system)";
const refused =
  "(?:blocked|block\\b|denied|rejected|refused|banned|barred|(?:not|n't) (?:allowed|accepted|permitted|welcome|trusted)|suspended|prohibited|locked|forbidden|disallowed|untrusted|restricted|rejeitado)";

/** A limit is a limit, even where it names a list or a reputation as its cause. */
export const limitedByReputationRules: readonly ReplyRule[] = [
  {
    id: "limited-by-reputation",
    label: "throttled",
    part: "words",
    patterns: ["(?:rate|limit|throttl|slow|defer)\\w{0,6}[^.;]{0,60}(?:reputation|sender ?score)"],
    source: source.operators,
  },
];

/** Reputation by name. It goes before what a message holds: such replies mention spam, too. */
export const reputationRules: readonly ReplyRule[] = [
  {
    id: "reputation",
    label: "blocked",
    part: "words",
    patterns: ["reputation", "from \\[?ipaddr\\]? (?:is|was|has been|are) (?:\\w{1,12} )?(?:blocked|banned|denied)"],
    source: source.operators,
  },
];

/** The receiver refuses us: our IP, our network or its reputation. */
export const refusalRules: readonly ReplyRule[] = [
  {
    id: "own-ip-refused",
    label: "blocked",
    part: "words",
    ownIp: true,
    patterns: [
      "reject|refus|den(?:y|ied)|block|\\bban|not (?:allowed|accepted|permitted|welcome)|prohibit|restrict|suspend|access|abuse|complain|policy|rejete|abgelehnt|gesperrt|rechazad|rifiutat|geweigerd|odrzuc|отклон|拒",
    ],
    source: source.operators,
  },
  {
    id: "address-refused",
    label: "blocked",
    part: "words",
    patterns: [
      `${address}[^.;]{0,70}(?<!connection )${refused}`,
      `${machine}[^.;]{0,50} (?:is|are|was|were|been|being|be|gets?) (?:\\w{1,12} )?${refused}`,
      "client host rejected|your access to [^.;]{0,60}(?:rejected|denied|blocked)",
      `${refused}[^.;]{0,25} (?:your|this|that|the sending|sending|source|client|from|by|for) (?:\\w{1,12} )?(?:\\bips?\\b|ip address|ipaddr|\\[?ipaddr|host|server|network|mail ?server|country|location|[i]sp|subnet|region)`,
      "\\bban(?:ned|s)? (?:sending|sender|ip|host|client|server)|\\bbanned\\b|\\bbad ip\\b|invalid ip\\b|ip (?:address )?(?:is )?(?:bad|invalid|black)",
      "(?:does not|do not|don't|doesn't|not|cannot|refuse to|refus\\w{2,3}|no longer) (?:\\w{1,12} )?(?:accept\\w{0,3}|receiv\\w{0,3}|tak\\w{1,3}|mail|messages|connections|e-?mails?) (?:\\w{1,12} ){0,3}from (?:your|this|that|ipaddr|\\[?ipaddr|dynamic|these|the (?:ip|host|server|network))",
      "(?:mail|e-?mails?|messages?|connections?) from (?:your|this|that) (?:\\w{1,12} ){0,2}(?:ip|host|server|network|system|[i]sp|provider|address|location|country)[^.;]{0,60}(?:block|reject|refus|den|not)",
      "not accepting (?:connections|mail from|messages from)|not allowed to connect|(?:connection|session|access)s? (?:was |is |has been )?(?:rejected|denied by|blocked|banned|prohibited)",
      "blocked (?:by|due to|because|for) (?!\\w{0,12} ?(?:content|policy|filter|rule|user|recipient|mailbox))",
      "(?:use|through|via) (?:the |your )?(?:\\w{1,12} )?(?:smtp|mail|outgoing)[- ]?(?:server|relay|gateway)?s? of your (?:[i]sp|provider)|your (?:[i]sp|provider)'s (?:smtp|mail|outgoing|relay)|unusual (?:sending )?activity|complaints?\\b|\\bgeo-?(?:ip|location|block)|\\bcountry\\b",
      "your (?:ip|host|server|network|mail ?server|[i]sp|provider|system)[^.;]{0,50}(?:block|reject|refus|denied|ban)",
      "adresse ip[^.;]{0,40}(?:bloqu|rejet|refus)|ip[- ]adresse[^.;]{0,40}(?:gesperrt|blockiert|abgelehnt|gelistet)|(?:direccion|endereco|indirizzo|adres)\\w{0,2} ip[^.;]{0,50}(?:bloque|bloccat|zablokow|geblok|rechaz|rejeit|rifiut)|ip[- ]адрес\\S{0,2}[^.;]{0,50}(?:блокир|отклон|запрещ)|(?:ip|地址)[^.;]{0,10}(?:被封|被拒|被阻|受限)",
    ],
    source: source.operators,
  },
];
