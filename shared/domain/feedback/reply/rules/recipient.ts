import type { ReplyRule } from "../rule.ts";
import { source } from "./sources.ts";

const whom =
  "(?:users?|user ?name|usuario|recipients?|mailbox(?:es)?|mail ?box|inbox|addresse?e?s?|e-?mail address|accounts?|addressee|alias(?:es)?|customer|subscriber|member|person|mail ?drop|local[- ]part|rcpt|destinatario|name|destination|employee|email|@)";

/** Mailboxes that were closed, for whatever reason: they come before words about spam and limits. */
export const closedMailboxRules: readonly ReplyRule[] = [
  {
    id: "mailbox-closed",
    label: "recipient_invalid",
    part: "words",
    patterns: [
      "(?<!your |sender |sending )(?:mailbox|mail box|inbox|account|user|recipient)(?: @)?(?:'s account)? (?:\\w{1,10} ){0,2}(?:blocked|disabled|suspended|deactivated|inactive|closed|terminated|locked)\\b",
    ],
    source: source.servers,
  },
];

/** The mailbox or its domain does not take mail, whoever sends. */
export const recipientRules: readonly ReplyRule[] = [
  {
    id: "server-out-of-service",
    label: "network",
    part: "words",
    patterns: [
      "(?:ldap|database|directory|user|recipient|address|account|dns|alias|verification|mailbox) (?:\\w{1,14} ){0,2}(?:lookup|look-?up|server|query|verification|check|service|backend|access) (?:\\w{1,14} ){0,2}(?:failure|failed|error|problem|timeout|timed out|deferred|in progress|unavailable|temporar\\w{1,3})",
      "(?:temporar\\w{1,3}|internal|system|local|unexpected|unknown|upstream|server|configuration|config|fatal|database|dns) (?:\\w{1,14} ){0,2}(?:error|failure|fault|problem|outage)\\b(?![^.;]{0,20}(?:user|recipient))",
      "unverified address|mailer error",
      "mailbox (?:is |was )?(?:temporarily |currently )?(?:busy|locked by|in use)",
    ],
    source: source.servers,
  },
  {
    id: "recipient-status",
    label: "recipient_invalid",
    part: "status",
    patterns: ["^5\\.1\\.(?:1|2|3|6|10)$"],
    source: source.statusCodes,
  },
  {
    id: "full-status",
    label: "mailbox_full",
    part: "status",
    patterns: ["^[45]\\.2\\.2$"],
    source: source.statusCodes,
  },
  {
    id: "no-such-recipient",
    label: "recipient_invalid",
    part: "words",
    patterns: [
      `(?:no such|unknown|invalid|un?route?able|undeliverable|non-?existent|nonexist\\w{1,3}|unallocated|bad|illegal|incorrect|wrong|disabled|inactive|not (?:an? )?(?:valid|known|existing|active|real|local)|no valid|no|obsolete|suspended|closed|deactivated|expired|dead|ambiguous|undefined|unavailable|misspelled|malformed|rejected) (?:[\\w-]{1,14} ){0,3}${whom}(?![\\w-])`,
      `\\b${whom}(?:'s)?(?![\\w-])[^.;]{0,70}(?:unknown|not (?:be )?(?:found|exist|valid|known|active|here|available|listed|local|recogni[sz]ed|registered|deliverable|reachable|accepting|accepted|allowed|enabled|in use|have|a |an |our|on |in |at )|n't exist|n't have|no longer|invalid|disabled|inactive|suspended|closed|terminated|deactivated|cancel|expired|unavailable|undeliverable|delet|removed|discontinued|moved|locked|frozen|blocked|rejected(?!:)|nonexist|non-exist|unallocated|not exist|misspelled|retired|bounced|abandoned|archiv|not unique|not ok|dormant|obsolete|over its|refused|restricted|prohibited|bad|wrong|changed|denied)`,
      "(?:no|not an?) (?:mail ?box|account|user|one|person|recipient|customer)s? (?:here|by|with|of|called|named|at|for|on|under)",
      "does not like recipient|not our (?:customer|user)|not (?:a )?(?:valid|known|local) (?:\\w{1,10} )?(?:user|mailbox|recipient|address|account)",
      "(?:does|do)(?: not|n't) have an? (?:\\w{1,12} ){0,2}(?:account|mailbox|address)|there is no|not a member|no longer (?:valid|with|work|employ|exist|active|use|in use|here|accept|monitored|on)",
      "mail(?:box)? (?:is )?(?:unavailable|not available|disabled|inactive)|user (?:reject|unknown)|account (?:is )?(?:not allowed|disabled|closed|locked)",
      "recipient(?:not| not )?found|recipnotfound|resolver~adr|unknown_user|usernotfound|usersearch|mailbox ?not ?found|mailboxunavailable",
      "left (?:the|this|our) (?:company|organi[sz]ation)|has moved|deceased|passed away|not take mail|null mx",
      "(?:address|recipient|rcpt)(?: \\w{1,12})? (?:was |is |has been )?rejected(?!:)|addr(?:ess)? rejected(?!:)|several matches|no (?:active )?(?:mailbox|mail box|mail-box)|delivery to (?:this|that|the following) (?:address|recipient)",
      "bounced by administrator",
    ],
    source: source.servers,
  },
  {
    id: "no-such-domain",
    label: "recipient_invalid",
    part: "words",
    patterns: [
      "(?:no such|unknown|invalid|bad|non-?existent|un?rout\\w{2,4}|unresolvable|illegal) (?:\\w{1,14} ){0,2}(?:domain|host|hostname|destination|mail domain|system|server)",
      "(?:domain|host|hostname|host name)s?\\b[^.;]{0,50}(?:unknown|not (?:be )?found|not exist|n't exist|invalid|no longer|not (?:be )?resolv|nxdomain|not accept|expired|not (?:hosted|here|local|handled|valid|configured|served|listed|known|recogni[sz]ed)|disabled|suspended|inactive)",
      "nxdomain|name service error|(?:can't|cannot|could not|unable to) find any host|no mx|mx record|no mail exchanger|specified domain",
      "(?:does not|doesn't|do not|don't|not|cannot|will not|never) (?:currently )?(?:accept|receiv|handl|tak|host)\\w{0,3} (?:any )?(?:e-?mails?|messages|mail)(?! from)",
      "system not accepting network messages|~[a-z]{2,12} does not exist",
    ],
    source: source.servers,
  },
  {
    id: "no-such-recipient-other-languages",
    label: "recipient_invalid",
    part: "words",
    patterns: [
      "\\b(?:empfanger|empfaenger|benutzer|postfach|adresse|konto\\b|mailbox|teilnehmer|user)[^.;]{0,50}(?:unbekannt|nicht (?:gefunden|bekannt|vorhanden|verfugbar|erreichbar)|existiert nicht|ungultig|ungueltig|deaktiviert|gesperrt|geloscht|inaktiv)|unbekannte[rsn]? (?:benutzer|empf|adress|postfach)|kein(?:e|en)? (?:solche|gultige|postfach|benutzer|empf)\\w{0,10}",
      "\\b(?:destinataires?|utilisateur|adresse|compte\\b|boite|usager|messagerie)[^.;]{0,60}(?:inconnue?s?|invalides?|inexistante?|n'existe|n existe|non valide|introuvable|desactive|ferme|archive|suspendu|bloque|supprime|pas valide|inactif)|(?:n'existe (?:pas|plus)|pas de (?:compte|boite|destinataire))",
      "\\b(?:usuario|destinatario|direccion|cuenta|buzon|casilla|correo)[^.;]{0,50}(?:no (?:existe|encontrad|valid|es valid|se encuentra|disponible)|desconocid|invalid|inexistente|desactivad|inhabilitad|deshabilitad|suspendid|inactiv|cancelad|bloquead|rechazad)|no existe (?:el|la|esa|ese|tal) ",
      "\\b(?:utente|destinatario|indirizzo|casella|account)[^.;]{0,50}(?:sconosciut|inesistente|non (?:esiste|valid|trovat|attiv|disponibile)|disabilitat|disattivat|sospes|bloccat|cessat)",
      "\\b(?:usuario|destinatario|endereco|conta\\b|caixa postal|caixa)[^.;]{0,50}(?:desconhecid|invalid|inexistente|nao (?:existe|encontrad|cadastrad|disponivel|e valid)|desativad|desabilitad|suspens|inativ|bloquead|cancelad|encerrad)",
      "\\b(?:gebruiker|ontvanger|adres|mailbox|postvak|geadresseerde)[^.;]{0,40}(?:onbekend|bestaat niet|niet gevonden|ongeldig|niet bekend|opgeheven|geblokkeerd|uitgeschakeld)|(?:onbekende|ongeldige?) (?:gebruiker|ontvanger|adres)",
      "\\b(?:uzytkownik|odbiorc\\w{1,2}|adres\\w{0,2}|kont\\w{1,2}|skrzynk\\w{1,2})[^.;]{0,40}(?:nie istnieje|nieznan|nie znaleziono|nieaktywn|zablokowan|usuniet|niepoprawn|nieprawidlow)|(?:nieznany|brak takiego|nie ma takiego) (?:uzytk|odbiorc|adres|kont)\\w{0,8}",
      "(?:пользовател|адресат|получател|ящик|адрес|аккаунт|учетн)\\S{0,4}[^.;]{0,60}(?:не (?:существу|наиден|зарегистр|известен|обнаруж|доступ)|несуществу|неизвест|отключ|заблокир|удален|неверн|недоступ|приостановлен)|нет такого|неизвестныи (?:пользов|получ|адрес)\\S{0,8}",
      "(?:用户|用戶|收件人|邮箱|信箱|账号|帐号|帳號|地址|邮件地址)[^.;]{0,10}(?:不存在|无效|無效|未找到|找不到|已?停用|已?注销|被禁用|已?冻结)|(?:不存在|无此|無此|没有此|查無此)[^.;]{0,6}(?:用户|用戶|收件人|邮箱|信箱|账号|帐号|人)",
      "(?:宛先|ユーザ|メールアドレス|アドレス|受信者|アカウント)[^.;]{0,16}(?:不明|存在しま|存在しない|見つかりま|無効|誤り|停止)",
    ],
    source: source.languages,
  },
];

/** Weak words for the recipient: only when nothing else was said. */
export const refusedRecipientRules: readonly ReplyRule[] = [
  {
    id: "recipient-refused",
    label: "recipient_invalid",
    part: "words",
    patterns: [
      "recipient address rejected|recipient rejected",
      "@[ .:,-]{0,4}(?:is |was )?(?:rejected|refused|denied|not ok)\\b",
    ],
    source: source.servers,
  },
];
