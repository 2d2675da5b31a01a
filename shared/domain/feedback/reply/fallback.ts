import type { ReplyLabel } from "./label.ts";
import type { ReplyParts } from "./reply-parts.ts";

/** What is left when no rule holds. */
export interface Fallback {
  readonly label: ReplyLabel;
  readonly rule: `fallback-${string}`;
}

/**
 * Classes and details of RFC 3463, the longest match first. Never a reason to send less: a status is used for too many
 * things to prove that.
 */
const byStatus: readonly (readonly [pattern: RegExp, label: ReplyLabel])[] = [
  [/\.1\.[789]$/, "policy_auth"],
  [/\.1\./, "recipient_invalid"],
  [/\.2\.2$/, "mailbox_full"],
  [/\.2\.3$/, "content_rejected"],
  [/\.2\.[01]$/, "recipient_invalid"],
  [/\.3\.1$/, "mailbox_full"],
  [/\.3\.4$/, "content_rejected"],
  [/\.[34]\./, "network"],
  [/\.5\./, "other"],
  [/\.6\./, "content_rejected"],
  [/\.7\./, "policy_auth"],
];

/** RFC 5321; 554 and 421 say nothing at all. */
const byCode: Readonly<Record<string, ReplyLabel>> = {
  "421": "network",
  "432": "network",
  "450": "network",
  "451": "network",
  "452": "mailbox_full",
  "454": "policy_auth",
  "530": "policy_auth",
  "535": "policy_auth",
  "550": "recipient_invalid",
  "551": "recipient_invalid",
  "552": "mailbox_full",
  "553": "recipient_invalid",
  "571": "policy_auth",
};

/** Reads the enhanced status, then the reply code, of a reply that no rule knows. */
export function fallbackOf({ status, code, expired }: ReplyParts): Fallback {
  if (expired) return { label: "network", rule: "fallback-expired" };
  const known = status === "" ? undefined : byStatus.find(([pattern]) => pattern.test(status));
  if (known !== undefined) return { label: known[1], rule: "fallback-status" };
  const label = Object.hasOwn(byCode, code) ? byCode[code] : undefined;
  return label === undefined ? { label: "other", rule: "fallback-none" } : { label, rule: "fallback-code" };
}
