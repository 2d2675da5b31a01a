import type { RouteKind } from "../routing/route.ts";

/**
 * What became of one message at one recipient. The order is part of the stored form: new kinds go to the end.
 * `sure`: one such reply is enough to act on. `unclassified`: no rule knew the reply; counted beside its label.
 * `suppressed`: on SES's global list; no provider saw it, and SES counts it as a hard bounce all the same.
 * `unsent`: SES took the call and then sent nothing (template, virus).
 */
export const signKinds = [
  "accepted",
  "delivered",
  "complained",
  "throttled",
  "throttled-sure",
  "blocked",
  "blocked-sure",
  "recipient_invalid",
  "mailbox_full",
  "content_rejected",
  "policy_auth",
  "network",
  "other",
  "unclassified",
  "suppressed",
  "unsent",
] as const;

export type SignKind = (typeof signKinds)[number];

const routes: readonly RouteKind[] = ["warming", "established", "shared"];

/** Places kept for the kinds of one route. */
const kindsPerRoute = 20;

/** Base64url: one character stands for a route and a kind. */
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** A sign of one mail: a message at one recipient. */
export interface Sign {
  readonly route: RouteKind;
  readonly kind: SignKind;
  /** Names the message and its recipient, and nothing else: a fingerprint. */
  readonly mail: string;
}

/**
 * A sign as it is kept: one character for route and kind, then the mail. Equal signs are equal texts, so that a set of
 * them counts each once however often and in whatever order events come.
 */
export function signText({ route, kind, mail }: Sign): string {
  return `${alphabet[routes.indexOf(route) * kindsPerRoute + signKinds.indexOf(kind)]}${mail}`;
}

/** Undefined for a text of a later version that knows more kinds. */
export function parseSign(text: string): Sign | undefined {
  const code = alphabet.indexOf(text[0] ?? "");
  const route = routes[Math.floor(code / kindsPerRoute)];
  const kind = signKinds[code % kindsPerRoute];
  if (code < 0 || route === undefined || kind === undefined) return undefined;
  return { route, kind, mail: text.slice(1) };
}

/** Signs gathered in ten minutes about the mail that a pool was admitted to send to one provider on one day. */
export interface SignSlot {
  readonly provider: string;
  /** Start of the ten minutes in which the events happened, epoch ms. */
  readonly slotMs: number;
  /** Signs as texts, by stream and arm (`streamArmText`). */
  readonly byStream: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Width of a slot, ms. */
export const slotMs = 600_000;

/** Start of the slot a moment lies in, epoch ms. */
export function slotOf(atMs: number): number {
  return Math.floor(atMs / slotMs) * slotMs;
}
