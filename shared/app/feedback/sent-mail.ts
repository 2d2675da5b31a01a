import { parseMailbox } from "../../contracts/email-address.ts";
import type { SesEvent } from "../../contracts/ses-event.ts";
import { type Arm, parseArm } from "../../domain/feedback/arm.ts";
import type { ProviderDirectory } from "../../domain/routing/mailbox-provider.ts";
import type { RouteKind } from "../../domain/routing/route.ts";
import { dayMs, dayNumber, type UtcDay, utcDay } from "../../domain/utc-day.ts";

/** How a deployment reads events; fixed for the life of the function. */
export interface ReadingSettings {
  readonly providers: ProviderDirectory;
  /** IPs we send from. */
  readonly ownIps: readonly string[];
  /** A short hash: addresses are not kept. */
  readonly fingerprint: (text: string) => string;
}

/** How a message was sent, from its tags. */
export interface SentMail {
  readonly pool: string;
  readonly route: RouteKind;
  readonly stream: string;
  readonly arm: Arm;
  readonly day: UtcDay;
  /** `several` when its recipients are at more than one. */
  readonly provider: string;
}

const name = /^[A-Za-z0-9_-]{1,64}$/;

/** Undefined when an event is of no mail of ours. */
export function sentMail({ mail: { tags } }: SesEvent): SentMail | undefined {
  const tag = (of: string): string | undefined => tags[of]?.find((value) => name.test(value));
  const [pool, stream, provider, day] = [tag("sw-pool"), tag("sw-stream"), tag("sw-provider"), tag("sw-day")];
  const route = routeKind(tag("sw-route"));
  if (pool === undefined || stream === undefined || provider === undefined) return undefined;
  if (route === undefined || day === undefined || !isDay(day)) return undefined;
  return { pool, stream, arm: parseArm(tag("sw-arm")), provider, day, route };
}

/** The mailbox provider of one recipient. */
export function providerAt(
  { providers }: Pick<ReadingSettings, "providers">,
  { provider }: SentMail,
  address: string,
): string {
  return provider === "several" ? providers.of(parseMailbox(address)?.domain ?? "") : provider;
}

/** SES gives up after 14 hours, and complaints come for days; nothing later says anything of that day. */
const latestDays = 15;

/** The event's own time, within the days that can tell of its mail; the start of its day where it has none. */
export function timeOf({ bounce, complaint, delivery, deliveryDelay, mail }: SesEvent, day: UtcDay): number {
  const startMs = dayNumber(day) * dayMs;
  const atMs = (bounce ?? complaint ?? delivery ?? deliveryDelay)?.timestamp ?? mail.timestamp ?? startMs;
  return Math.min(Math.max(atMs, startMs), startMs + latestDays * dayMs);
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && utcDay(dayNumber(text) * dayMs) === text;
}

function routeKind(text: string | undefined): RouteKind | undefined {
  return text === "warming" || text === "established" || text === "shared" ? text : undefined;
}
