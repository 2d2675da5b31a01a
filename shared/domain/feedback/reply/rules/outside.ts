import type { ReplyRule } from "../rule.ts";
import { source } from "./sources.ts";

/** Replies that say nothing about us: SES's own lists, the recipient's own inbound limit, greylisting. */
export const outsideRules: readonly ReplyRule[] = [
  {
    id: "ses-list",
    label: "not_a_signal",
    part: "words",
    patterns: [
      "amazon ses .{0,160}suppress",
      "on the suppression list",
      "(?:account|tenant)(?:-level)? suppression",
      "amazon ses .{0,160}validat",
      "(?:recipient|address|contact) .{0,60}unsubscribed",
    ],
    source: source.ses,
  },
  {
    id: "greylisting",
    label: "not_a_signal",
    part: "text",
    patterns: ["gr[ea]y[- ]?list", "gr[ae]ulist", "postgrey", "liste grise", "lista gris", "sqlgrey", "milter-?grey"],
    source: source.servers,
  },
  {
    id: "recipient-receive-limit",
    label: "not_a_signal",
    part: "status",
    patterns: ["^[45]\\.2\\.12[12]$"],
    source: source.exchangeOnline,
  },
  {
    id: "recipient-inbound-rate",
    label: "not_a_signal",
    part: "words",
    patterns: [
      "\\b(?:is|are|been) receiving (?:e?-?mails?|messages) (?:at a rate|too)",
      "(?:user|recipient|mailbox|account|inbox)[^.;]{0,60}(?:receiv\\w{2,4}|gett?ing) [^.;]{0,40}(?:too (?:quickly|many|much|fast|often)|at a rate)",
      "messages? to (?:@|this (?:user|recipient|mailbox))[^.;]{0,40}(?:excessive volume|too (?:many|quickly|fast))",
      "(?:for|to) (?:this|the) (?:user|recipient|mailbox|account|inbox)[^.;]{0,30}excessive volume",
      "(?:the|this) (?:user|recipient|mailbox)(?: has|'s)?[^.;]{0,40}(?:exceed\\w{0,3}|reached|over) [^.;]{0,30}(?:(?:messages?|mail) (?:rate|they can receive|per hour)|(?:inbound|incoming|receiving|receive) (?:\\w{1,10} )?(?:rate|limit|quota))",
      "recipient thread limit",
      "recipient'?s? (?:inbound|incoming|receiving|message|per[- ]hour) [^.;]{0,30}limit",
      "(?:mailbox|recipient) (?:is )?(?:rate|receiving) limit",
    ],
    source: source.gmail,
  },
];
