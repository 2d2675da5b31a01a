import type { ReplyRule } from "../rule.ts";
import { source } from "./sources.ts";

/** The recipient's storage. */
export const storageRules: readonly ReplyRule[] = [
  {
    id: "mailbox-full",
    label: "mailbox_full",
    part: "words",
    patterns: [
      "(?:mailbox|mail ?box|inbox|mail ?folder|account|folder|mail ?drop|maildir|user|quota|storage|disk|filesystem|file system|spool|directory|recipient)(?:'s)?(?: \\w{1,12}){0,3} (?:is |are |was |too |has been )?(?:now |currently |almost )?full\\b",
      "full mailbox|mailbox-full|mailboxfull|\\b(?:is|are|was|appears|currently) (?:\\w{1,10} )?full\\b",
      "(?:mailbox|inbox|account|folder|maildir) (?:\\w{1,12} )?(?:size|storage|message count) (?:limit|exce|is)",
      "over[- ]?quota|overquota",
      "quota[^.;]{0,20}(?:exce|reached|full|limit|over|violat|not enough|used|insufficient)",
      "(?:exce\\w{2,7}|over|reached|above|out of|beyond|no) (?:\\w{1,12} |his |her )?(?:\\w{1,12} ){0,3}(?:quota|storage|disk space|mailbox size|mailbox limit)",
      "(?:out of|no|not enough|insufficient|low|lack of|running out of|too little) [^.;]{0,25}(?:storage|disk|space|room)",
      "(?:mailbox|inbox|account|folder|maildir|user)[^.;]{0,40}(?:exce\\w{2,7}|over|reached|beyond)[^.;]{0,30}(?:size|limit|storage|space|quota|allocation|capacity|allowed)",
      "exceeded storage|storage (?:allocation|exceeded|limit|full|space)",
      "too (?:many|much) [^.;]{0,20}(?:in|on) (?:the |your |this )?(?:[\\w']{1,14} )?(?:mailbox|inbox|server)|messages in (?:[\\w']{1,14} )?(?:mailbox|inbox)",
      "(?:mailbox|inbox)[^.;]{0,15} (?:is )?(?:too (?:large|big|full)|oversize)",
      "can(?:'t|not) create output|error writing message|file too large|no space left|disk (?:is )?full|disk quota",
      "quotaexceeded|shutoffquota|used (?:up )?(?:all )?(?:\\w{1,8} )?storage|(?:mailbox|storage) capacity",
    ],
    source: source.servers,
  },
  {
    id: "mailbox-full-other-languages",
    label: "mailbox_full",
    part: "words",
    patterns: [
      "postfach[^.;]{0,40}(?:voll|uberfullt|ueberfuellt|uberschritten)|speicherplatz|speicher [^.;]{0,20}(?:voll|erschopft|uberschritten)",
      "boi?te[^.;]{0,40}(?:pleine|satur)|quota [^.;]{0,20}(?:depasse|atteint)|espace [^.;]{0,20}(?:insuffisant|disque|depasse)",
      "buzon[^.;]{0,30}(?:llen[oa]|complet|excedid|satur)|(?:cuota|cota|quota)[^.;]{0,30}(?:exced|super|esgot|agot|ultrapass|llen|esaurit)",
      "casell[ae][^.;]{0,40}pien[ae]|spazio [^.;]{0,20}(?:esaurito|insufficiente)",
      "caixa[^.;]{0,40}(?:chei[ao]|lotad)|sem espaco",
      "(?:postvak|mailbox|brievenbus)[^.;]{0,20}\\bvol\\b|quotum|quota overschreden",
      "skrzynk\\w{1,2}[^.;]{0,40}(?:pelna|przepeln|zapeln)|przekroczono [^.;]{0,20}(?:quote|pojemnosc)",
      "ящик[^.;]{0,40}(?:полон|переполн|заполн)|превышен[^.;]{0,20}(?:квот|размер ящика|объем)",
      "(?:邮箱|郵箱|信箱|空间|空間|容量|配额)[^.;]{0,10}(?:已?满|已?滿|不足|超)",
      "メールボックス[^.;]{0,12}(?:いっぱい|満|容量|超)|容量[^.;]{0,8}(?:超|オーバ|制限|不足)",
    ],
    source: source.languages,
  },
];
