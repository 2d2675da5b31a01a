import type { ReplyRule } from "../rule.ts";
import { source } from "./sources.ts";

/** What the message holds. */
export const contentRules: readonly ReplyRule[] = [
  {
    id: "virus",
    label: "content_rejected",
    part: "words",
    patterns: [
      "\\bvir(?:us|uses|en)\\b",
      "malware|malicious|\\bmacros?\\b|\\bscam\\b|trojan|\\bworm\\b|phish|infected|ransom",
      "\\battachments?\\b",
      "(?:file|extension)s? (?:type |name |extension )?(?:\\w{1,10} ){0,2}(?:not allowed|blocked|forbidden|prohibited)",
      "вирус|病毒|ウイルス",
    ],
    source: source.servers,
  },
  {
    id: "message-size",
    label: "content_rejected",
    part: "words",
    patterns: [
      "(?:message|e-?mail|mail|data|content|header|body|line)s?[^.;]{0,40}(?:too (?:large|big)|(?<!queue )too long|oversize)",
      "(?:message|mail|e-?mail|data|line|header|body)[- ](?:file )?(?:size|length)",
      "(?:exceed|above|over|larger|bigger|greater|longer)\\w{0,3} [^.;]{0,40}(?:size|length|bytes|octets)",
      "size (?:limit|of (?:the |this |your )?(?:message|mail|e-?mail))",
      "max(?:imum|imal|\\.)? (?:\\w{1,10} ){0,2}size",
      "too (?:large|big)\\b|(?<!queue )too long\\b|too many (?:lines|links|urls|headers|images|mime|parts|received)(?! headers?)",
      "nachricht[^.;]{0,20}zu gross|message[^.;]{0,30}trop (?:gros|volumineu|long)|mensaje [^.;]{0,20}(?:demasiado|muy) grande|messaggio [^.;]{0,20}troppo grande|mensagem [^.;]{0,20}muito grande|wiadomosc [^.;]{0,20}za duza|bericht [^.;]{0,20}te groot|слишком больш",
    ],
    source: source.servers,
  },
  {
    id: "spam-source",
    label: "blocked",
    part: "words",
    patterns: [
      "(?:your|this|that|the|source|sending|client|sender'?s?|remote|connecting) (?:ip|ip address|host|network|server|mail ?server|mta|provider|[i]sp|ipaddr)\\b[^.;]{0,80}\\b(?:spam|spamming|unsolicited|abuse)",
      "\\b(?:spam|spamming|unsolicited mail|abuse|spams)\\b[^.;]{0,40} (?:from|by|sent from|originat\\w{2,4} from|activity from) (?:your|this|that|the (?:ip|host|server|network)|ipaddr|\\[?ipaddr)",
      "ip[- ]?(?:adress|addr)\\w{0,4}[^.;]{0,60}\\bspam",
      "(?:blocked|rejected|refused|banned) (?:for|due to|because of) spam(?:ming|mers?)\\b",
      "\\b(?:known|identified|suspected|detected|is an?|as an?) (?:\\w{1,12} )?(?:spam|spammer|spamming|abuse) ?(?:source|ip|host|server|network|system|gang|relay|domain)?s?\\b(?=[^.;]{0,40}(?:ip|host|server|network|source|domain))",
      "\\bspam(?:mer|mers|mer's|bots?)\\b",
      "\\bspam[- ](?:source|sources|ip|ips|host|hosts|server|relay|network|activity|incidents?|complaints?)\\b|incident de spam",
      "(?:sending|sent|send|sends) (?:us )?(?:too (?:much|many) )?spams?\\b|too (?:many|much) spams?\\b",
      "\\b(?:botnet|zombie|zombied|open (?:proxy|relay)|trojaned)\\b",
      "dynamic(?:ally)?[- /](?:assigned )?(?:ip|address|range|host|/)|dial-?up|residential",
      "intrusion prevention",
    ],
    source: source.operators,
  },
  {
    id: "spam-verdict",
    label: "content_rejected",
    part: "words",
    patterns: [
      "(?<!~)\\bspam\\b(?!~)",
      "\\b(?:spamassassin|rspamd|spamminess|antispam|spamfilter|spam-?filter)\\b",
      "anti-?spam",
      "\\bjunk\\b|\\bube\\b|\\buce\\b|\\bbulk (?:e-?mail|mail|message)",
      "unsolicited",
      "als spam|\\bwerbung\\b|pourriel|indesirable|spamverdacht|no deseado|indesejad|indesiderat|ongewenst|niechcian|спам|垃圾邮件|垃圾郵件|迷惑メール",
    ],
    source: source.servers,
  },
];

/** Weaker words for the message, after those about recipients. */
export const messageFormRules: readonly ReplyRule[] = [
  {
    id: "message-form",
    label: "content_rejected",
    part: "words",
    patterns: [
      "\\bheaders?\\b(?! based (?:manually|anti))",
      "message-?id|(?:from|subject|date|to|reply-to|received): ?(?:header|field|line|address)?\\b",
      "(?:bare|lone|stray) (?:lf|cr|line ?feeds?|newlines?)|\\bmime\\b|8-?bit|non-?ascii|\\brfc ?-?\\d{3,4}(?! address)",
      "(?:message|mail|e-?mail) (?:is |was )?(?:malformed|not rfc|not compliant|corrupt|incomplete|badly formatted)",
      "(?:invalid|illegal|forbidden|bad|prohibited|objectionable|unacceptable|inappropriate|suspicious|suspect) (?:\\w{1,12} )?(?:content|character|attachment|subject|body|link|url)s?",
      "(?:message|mail|e-?mail)?[- ]?(?:content|body|text|subject)s? (?:\\w{1,12} ){0,3}(?:reject|den(?:y|ied)|filter|block|refus|restrict|scan|polic|not accept|inappropriate|unacceptable|violat|suspicious)",
      "(?:reject|den(?:y|ied)|filter|block|refus|because of|due to|based on)\\w{0,5} [^.;]{0,40}\\b(?:content|message body|subject|keyword|words|link|url)s?\\b",
      "mail(?: content)? denied|content filter|(?:forbidden|prohibited|banned|bad) (?:words?|phrases?|terms?)|multiple (?:from|addresses in from)",
    ],
    source: source.servers,
  },
  {
    id: "message-filtered",
    label: "content_rejected",
    part: "words",
    patterns: [
      "(?:message|mail|e-?mail) (?:\\w{1,12} ){0,3}(?:filtered|quarantined|discarded|suspicious|classified|considered|identified|flagged|blacklisted|scored)",
      "(?:mail|message|courriel|mensaje|messaggio|mensagem|nachricht) (?:est |ist |wurde |fue |e |is |was )?rejetee?\\b",
      "\\bfiltered\\b|content[- ]based|high[- ]?score|score (?:too high|exceed)|suspicio(?:us|n)",
    ],
    source: source.servers,
  },
];
