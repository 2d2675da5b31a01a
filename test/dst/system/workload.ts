import * as z from "zod";
import { dayMs } from "../../../shared/domain/utc-day.ts";
import { rejectedMark } from "../aws/ses-service.ts";
import type { Random } from "../engine/random.ts";
import { domains, streams } from "./configuration.ts";

/** One message of the application: one content under one id, however often it is enqueued. */
export interface Mail {
  /** Unique; the subject, by which SES's side of the simulation knows it again. */
  readonly key: string;
  readonly id: string;
  readonly body: string;
  /** Undefined for what can never be sent. */
  readonly stream: string | undefined;
  readonly sendAfterMs: number | undefined;
}

/** A moment at which the application puts a message on the send queue, epoch ms. */
export interface Arrival {
  readonly atMs: number;
  readonly mail: Mail;
}

const names = [...streams.keys()];
const secondMs = 1_000;
const minuteMs = 60 * secondMs;

/** What the application does in one seed: the same for every dispatcher that is tried on it. */
export function arrivalsOf(random: Random, startMs: number, spanMs: number): readonly Arrival[] {
  const count = random.pick([1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 9, 14]);
  const windowMs = random.chance(0.7) ? 2 * secondMs : spanMs;
  const favourite = random.pick(names);
  const arrivals: Arrival[] = [];
  for (let index = 0; index < count; index += 1) {
    const atMs = startMs + random.between(0, windowMs);
    const stream = random.chance(0.4) ? favourite : random.pick(names);
    const mail = mailOf(random, index, stream, atMs);
    arrivals.push({ atMs, mail });
    if (random.chance(0.06)) arrivals.push({ atMs: atMs + random.between(0, 3 * minuteMs), mail });
    if (random.chance(0.03)) {
      const other = goodMail(random, { key: `${mail.id}-other`, id: mail.id, stream, atMs });
      arrivals.push({ atMs: atMs + random.between(0, random.chance(0.5) ? 300 : minuteMs), mail: other });
    }
  }
  return arrivals;
}

/** A good mail to one recipient. */
export function plainMail(id: string, stream: string, tenant?: string): Mail {
  const body = bodyOf({ id, key: id, stream, to: [`to-${id}@${domains[0]}`], tenant });
  return { key: id, id, body, stream, sendAfterMs: undefined };
}

function mailOf(random: Random, index: number, stream: string, atMs: number): Mail {
  const id = `m${index}`;
  const drawn = random.next();
  if (drawn < 0.03) return { key: id, id, body: `{not json ${id}`, stream: undefined, sendAfterMs: undefined };
  if (drawn < 0.06) return goodMail(random, { key: `${id} ${rejectedMark}`, id, stream, atMs });
  const mail = goodMail(random, { key: id, id, stream, atMs });
  if (drawn > 0.08) return mail;
  const body = drawn > 0.07 ? inRawHeaders(mail.body) : mail.body.replace("@example.com>", "@elsewhere.example>");
  return { ...mail, body, stream: undefined };
}

/** The same request for mail whose own headers name a sender that the stream may not use. */
function inRawHeaders(body: string): string {
  const Data = Buffer.from("From: CEO <ceo@elsewhere.example>\r\n\r\nHi").toString("base64");
  const { email, ...rest } = z.looseObject({ email: z.looseObject({}) }).parse(JSON.parse(body));
  return JSON.stringify({ ...rest, email: { ...email, Content: { Raw: { Data } } } });
}

function goodMail(
  random: Random,
  {
    key,
    id,
    stream,
    atMs,
  }: { readonly key: string; readonly id: string; readonly stream: string; readonly atMs: number },
): Mail {
  const sendAfterMs = random.chance(0.05) ? Math.round(atMs + waitOf(random)) : undefined;
  const sendBeforeMs = random.chance(0.04) ? Math.round(atMs + random.between(minuteMs, 50 * minuteMs)) : undefined;
  const times = {
    ...(sendAfterMs !== undefined && { sendAfter: new Date(sendAfterMs).toISOString() }),
    ...(sendBeforeMs !== undefined && { sendBefore: new Date(sendBeforeMs).toISOString() }),
  };
  const to = recipientsOf(random, id);
  const ruled = streams.get(stream)?.poolRules.length ? ruledParts(random) : {};
  const body = bodyOf({ id, key, stream, to, times, ...ruled });
  const isNever = sendAfterMs !== undefined && sendBeforeMs !== undefined && sendBeforeMs <= sendAfterMs;
  return { key, id, body, stream: isNever ? undefined : stream, sendAfterMs };
}

/** How far ahead an application asks for a time, ms: mostly soon, now and then in weeks. */
function waitOf(random: Random): number {
  return random.chance(0.15) ? random.between(20 * dayMs, 90 * dayMs) : random.between(minuteMs, 30 * minuteMs);
}

/** SendMessage v1 as the application writes it. */
function bodyOf({ id, key, stream, to, times = {}, from = "news", kind, tenant }: Written): string {
  return JSON.stringify({
    version: 1,
    id,
    stream,
    email: {
      FromEmailAddress: `Shop <${from}@example.com>`,
      Destination: { ToAddresses: to },
      Content: { Simple: { Subject: { Data: key }, Body: { Text: { Data: "Hi" } } } },
      ...(tenant !== undefined && { TenantName: tenant }),
      ...(kind !== undefined && { EmailTags: [{ Name: "kind", Value: kind }] }),
    },
    ...times,
  });
}

interface Written {
  readonly id: string;
  readonly key: string;
  readonly stream: string;
  readonly to: readonly string[];
  readonly times?: { readonly sendAfter?: string; readonly sendBefore?: string };
  /** Before the @. */
  readonly from?: string | undefined;
  /** The application's own tag. */
  readonly kind?: string | undefined;
  readonly tenant?: string | undefined;
}

/** What pool rules ask for, beside the recipients. */
function ruledParts(random: Random): Pick<Written, "from" | "kind"> {
  return {
    from: random.chance(0.15) ? "private" : undefined,
    kind: random.chance(0.4) ? random.pick(["digest", "weekly", "single"]) : undefined,
  };
}

/** One recipient as a rule; sometimes several, also at several providers. */
function recipientsOf(random: Random, id: string): string[] {
  const count = random.chance(0.85) ? 1 : 2 + random.whole(2);
  return Array.from({ length: count }, (_, index) => {
    const domain = random.chance(0.6) ? domains[0] : random.pick(domains);
    return `to-${id}-${index}@${domain}`;
  });
}
