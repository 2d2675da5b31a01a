import { mailFingerprint } from "../../../shared/adapters/fingerprint.ts";
import { type SignKind, type SignSlot, signText, slotOf } from "../../../shared/domain/feedback/sign.ts";
import { draw } from "../../../shared/domain/provider-model/draw.ts";
import { dayAfter, dayMs, dayNumber, type UtcDay } from "../../../shared/domain/utc-day.ts";
import { today } from "../../support/builders.ts";
import { mailOf } from "../fold/day.ts";

/** Purposes of `draw`. */
const purpose = { fate: 21, after: 22 } as const;

/** Signs are kept at this pace, ms: about one write for each pool, as batches make them. */
const stepMs = 10_000;

/** Of all mail, as fractions: put off by the provider for a while, of these for our rate, and no such mailbox. */
const delayed = { from: 0, to: 0.04, forRate: 0.013 } as const;
const bounced = { from: 0.04, to: 0.06 } as const;

/** Longest a provider puts mail off, ms. */
const longestDelayMs = 40 * 60_000;

/** What is kept at one time about the mail of one pool and day. */
export interface Kept {
  readonly pool: string;
  readonly day: UtcDay;
  /** When it is kept, epoch ms. */
  readonly atMs: number;
  readonly slots: readonly SignSlot[];
}

/** What SES's events say of mail at an even pace, ten seconds after ten seconds, from the start of yesterday to a moment of today. */
export function* twoDays(messagesPerDay: number, untilMs: number): Generator<Kept> {
  const startMs = (dayNumber(today) - 1) * dayMs;
  const perStep = messagesPerDay / (dayMs / stepMs);
  const waiting = new Map<number, Said[]>();
  for (let step = 0; startMs + step * stepMs < untilMs; step += 1) {
    const atMs = startMs + step * stepMs;
    for (let n = Math.ceil(step * perStep); n < Math.ceil((step + 1) * perStep); n += 1) {
      for (const said of saidOf(n, atMs)) {
        const due = Math.max(step, Math.floor((said.atMs - startMs) / stepMs));
        waiting.set(due, [...(waiting.get(due) ?? []), said]);
      }
    }
    yield* keptOf(atMs, waiting.get(step) ?? []);
    waiting.delete(step);
  }
}

interface Said {
  readonly message: number;
  readonly day: UtcDay;
  readonly kind: SignKind;
  readonly atMs: number;
}

/** What becomes of a message that is sent at a time. */
function saidOf(message: number, sentMs: number): Said[] {
  const day = sentMs < dayNumber(today) * dayMs ? dayAfter(today, -1) : today;
  const fate = draw(message, purpose.fate);
  const accepted: Said = { message, day, kind: "accepted", atMs: sentMs };
  const soon = { message, day, atMs: sentMs + Math.floor(draw(message, purpose.after) * 5_000) };
  if (fate >= bounced.from && fate < bounced.to) return [accepted, { ...soon, kind: "recipient_invalid" }];
  if (fate >= delayed.to) return [accepted, { ...soon, kind: "delivered" }];
  const kind = fate < delayed.forRate ? "throttled" : "network";
  const laterMs = soon.atMs + Math.ceil(draw(message, purpose.after) * longestDelayMs);
  return [accepted, { ...soon, kind }, { message, day, kind: "delivered", atMs: laterMs }];
}

function keptOf(atMs: number, said: readonly Said[]): Kept[] {
  const kept = new Map<string, { pool: string; day: UtcDay; slots: Map<string, SignSlot> }>();
  for (const { message, day, kind, atMs: happenedMs } of said) {
    const { pool, stream, provider } = mailOf(message);
    const of = kept.get(`${pool}/${day}`) ?? { pool, day, slots: new Map() };
    kept.set(`${pool}/${day}`, of);
    const name = `${provider}/${slotOf(happenedMs)}`;
    const slot = of.slots.get(name) ?? {
      provider,
      slotMs: slotOf(happenedMs),
      byStream: new Map([[stream, new Set()]]),
    };
    of.slots.set(name, slot);
    const mail = mailFingerprint(String(message));
    const texts = slot.byStream.get(stream) as Set<string>;
    texts.add(signText({ route: "warming", kind, mail }));
  }
  return [...kept.values()].map(({ pool, day, slots }) => ({ pool, day, atMs, slots: [...slots.values()] }));
}
