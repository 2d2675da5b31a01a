import { fallbackOf } from "./fallback.ts";
import { asksForLess, type ReplyLabel } from "./label.ts";
import { receiversOf } from "./receivers.ts";
import { type ReplyParts, replyParts } from "./reply-parts.ts";
import type { ReplyPart, ReplyRule } from "./rule.ts";
import { replyRules } from "./rules.ts";
import { neverSentWord, sesWord } from "./ses-word.ts";

/** What a reply was found to mean. */
export interface Classification {
  readonly label: ReplyLabel;
  /** Whether it asks us to send less to this mailbox provider. */
  readonly backoff: boolean;
  /** The rule that decided. */
  readonly rule: string;
  /** No rule knows this reply; the label is a guess by its codes, for a person to look at. */
  readonly unclassified: boolean;
}

/** A rule, ready to be tried. */
interface CompiledRule {
  readonly rule: ReplyRule;
  readonly pattern: RegExp;
  readonly status: RegExp | undefined;
}

/** Neighbouring rules that look at the same part; one look tells that none of them holds, as most often none does. */
interface RuleGroup {
  readonly part: ReplyPart;
  readonly any: RegExp;
  readonly rules: readonly CompiledRule[];
}

const largestGroup = 6;

const joined = (rules: readonly ReplyRule[]): RegExp => new RegExp(rules.flatMap(({ patterns }) => patterns).join("|"));

function grouped(rules: readonly ReplyRule[]): RuleGroup[] {
  const runs: ReplyRule[][] = [];
  for (const rule of rules) {
    const run = runs.at(-1);
    if (run !== undefined && run.length < largestGroup && run[0]?.part === rule.part) run.push(rule);
    else runs.push([rule]);
  }
  return runs.map((run) => ({
    part: run[0]?.part ?? "words",
    any: joined(run),
    rules: run.map((rule) => ({
      rule,
      pattern: joined([rule]),
      status: rule.status === undefined ? undefined : new RegExp(rule.status),
    })),
  }));
}

const groups = grouped(replyRules);

interface Context {
  readonly parts: ReplyParts;
  readonly provider: string | undefined;
  readonly ownIp: boolean;
}

/** @returns undefined when no rule holds */
function matchingRule(context: Context): ReplyRule | undefined {
  for (const { part, any, rules } of groups) {
    const looked = context.parts[part];
    if (looked === "" || !any.test(looked)) continue;
    const found = rules.find(({ rule, pattern, status }) => {
      return pattern.test(looked) && (status?.test(context.parts.status) ?? true) && applies(rule, context);
    });
    if (found !== undefined) return found.rule;
  }
  return undefined;
}

function applies({ receivers, ownIp }: ReplyRule, context: Context): boolean {
  if (ownIp && !context.ownIp) return false;
  if (receivers === undefined) return true;
  const found = receiversOf(context.parts.text, context.provider);
  return receivers.some((receiver) => found.has(receiver));
}

/** A reply and what is known around it. */
export interface Reply {
  /** What the receiver said, as SES passes it on, envelopes included. Any string. */
  readonly text: string;
  /** Who received, as the provider directory names it. Words mean different things at different providers. */
  readonly provider?: string | undefined;
  /** IPs we send from: a refusal that quotes one of them is about us. */
  readonly ownIps?: readonly string[] | undefined;
  /** What SES made of it; it counts where the text says nothing. */
  readonly bounce?: { readonly type: string; readonly subType: string } | undefined;
  /** SES's delay type, for a delay. */
  readonly delayType?: string | undefined;
}

/** Tells what a reply asks for. Total: every string is answered, in time linear in its length. */
export function classifyReply({ text, provider, ownIps = [], bounce, delayType }: Reply): Classification {
  const keptBack = neverSentWord(bounce?.subType ?? "");
  if (keptBack !== undefined) return classification(keptBack.label, keptBack.rule);
  const parts = replyParts(text);
  const ownIp = ownIps.some(
    (ip) => parts.ips.includes(ip) || (ip.includes(":") && parts.text.includes(ip.toLowerCase())),
  );
  const found = matchingRule({ parts, provider, ownIp });
  const byText = found === undefined ? fallback(parts) : classification(found.label, found.id);
  if (byText.backoff && parts.relayed && ownIps.length > 0 && parts.ips.length > 0 && !ownIp) {
    // Another server was refused, by another server: the IP it names is not ours.
    return classification("network", "refusal-of-another-ip");
  }
  const bySes = sesWord(bounce?.subType, delayType);
  if (bySes === undefined || textSaysMore(byText, bySes.rule)) return byText;
  return classification(bySes.label, bySes.rule);
}

/** SES's word counts where the text gives no cause, and where it sees more mail than this one. */
function textSaysMore({ label, unclassified }: Classification, bySes: string): boolean {
  if (unclassified || label === "network" || label === "other") return false;
  return !(bySes === "ses-delay-spam-detected" && label === "content_rejected");
}

function classification(label: ReplyLabel, rule: string, unclassified = false): Classification {
  return { label, backoff: asksForLess(label), rule, unclassified };
}

function fallback(parts: ReplyParts): Classification {
  const { label, rule } = fallbackOf(parts);
  // Nobody answering is an answer that is understood.
  return classification(label, rule, !parts.expired);
}
