import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeHandler } from "../../functions/feedback/handler.ts";
import { KnownAnswers } from "../../shared/app/brakes/known-answers.ts";
import { parseSesEvent } from "../../shared/contracts/ses-event.ts";
import { brakeRules } from "../../shared/domain/brakes/brake-rule.ts";
import { judgeBrake } from "../../shared/domain/brakes/judge-brake.ts";
import { noonMs, today } from "../support/builders.ts";
import { MemoryLifeCycles } from "../support/fakes/memory-life-cycles.ts";
import { TestFeedback } from "../support/feedback.ts";
import { aContext, anSqsRecord } from "../support/lambda.ts";
import { aBounce, aDelivery, anEvent, aRateDelay, blockReply, type EventText } from "../support/ses-events.ts";

const batchSize = 100;

/** The night has time for five times as much. */
const isNight = process.env.NIGHT !== undefined;
const orders = isNight ? 1_000 : 200;

/** A generator of whole numbers below a bound, from a seed (mulberry32). */
function chanceOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function shuffled<Item>(items: readonly Item[], chance: (below: number) => number): Item[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = chance(last + 1);
    const [one, two] = [order[last], order[other]];
    if (one !== undefined && two !== undefined) [order[last], order[other]] = [two, one];
  }
  return order;
}

/** A day of events of all types, pools, routes, providers and streams, over six hours of the morning. */
function morning(count: number): EventText[] {
  const chance = chanceOf(7);
  const one = <Item>(...items: readonly [Item, ...Item[]]): Item => items[chance(items.length)] ?? items[0];
  return Array.from({ length: count }, (_, index) => {
    const tags = {
      "sw-pool": [one("news", "shop")],
      "sw-provider": [one("gmail", "gmail", "yahoo", "other")],
      "sw-route": [one("warming", "warming", "established", "shared")],
      "sw-stream": [one("news", "digest")],
      "sw-day": [one(today, today, today, "2026-11-01")],
    };
    const of = { tags, id: `ses-${index}`, atMs: noonMs - chance(6 * 3_600_000) };
    const complaint = { complainedRecipients: [{ emailAddress: "ann@gmail.com" }] };
    return one(
      () => anEvent("Send", {}, of),
      () => aDelivery(of),
      () => aDelivery(of),
      () => aRateDelay(of),
      () => aBounce("Transient", "General", blockReply, of),
      () => aBounce("Permanent", "General", "smtp; 550 5.1.1 user unknown", of),
      () => aBounce("Permanent", "Suppressed", undefined, of),
      () => anEvent("Rendering Failure", {}, of),
      () => anEvent("Complaint", { complaint }, of),
    )();
  });
}

/** From one batch to the next, ms: what is repeated is kept at another time. */
const batchMs = 7_000;
const judgedMs = noonMs + 10 * 60_000;

/** What is known after the events: everything kept, and the brakes it asks for. */
async function stateAfter(events: readonly EventText[]): Promise<string> {
  const feedback = new TestFeedback();
  for (let start = 0; start < events.length; start += batchSize) {
    await feedback.apply(...events.slice(start, start + batchSize));
    feedback.clock.atMs += batchMs;
  }
  const asJudged = await brakesBy(feedback.knownAnswers);
  const asRead = await brakesBy(new KnownAnswers(feedback.outcomes));
  if (asJudged !== asRead) expect(asJudged, "an instance that judged from batch to batch").toBe(asRead);
  return `${feedback.outcomes.dump()}\n${asRead}`;
}

/** The brakes that the answers an instance knows ask for. */
async function brakesBy(known: KnownAnswers): Promise<string> {
  const brakes: unknown[] = [];
  for (const pool of ["news", "shop"]) {
    const answersOf = await known.latest(pool, judgedMs);
    for (const provider of ["gmail", "yahoo", "other"]) {
      for (const route of ["warming", "established"] as const) {
        const { all } = answersOf(provider, route);
        brakes.push(all, judgeBrake(brakeRules, all, noonMs) ?? "none");
      }
    }
  }
  return JSON.stringify(brakes);
}

describe("1,000 events, a tenth of them twice", () => {
  test(`leave the same state, to the byte, in ${orders} random orders and batches`, async () => {
    const events = morning(1_000);
    const expected = await stateAfter(events);
    expect(expected).toContain('"step":"stop"');
    const chance = chanceOf(11);
    for (let order = 0; order < orders; order += 1) {
      const repeats = Array.from({ length: 100 }, () => events[chance(events.length)]).filter(
        (each) => each !== undefined,
      );
      const state = await stateAfter(shuffled([...events, ...repeats], chance));
      if (state !== expected) expect(state, `order ${order}`).toBe(expected);
    }
  }, 300_000);
});

test("100 events of twenty minutes, two pools and ten providers cost one write for each pool", async () => {
  const feedback = new TestFeedback();
  const providers = Array.from({ length: 10 }, (_, index) => `provider-${index}`);
  const events = Array.from({ length: 100 }, (_, index) =>
    aDelivery({
      tags: { "sw-provider": [providers[index % 10] ?? ""], "sw-pool": [index % 3 === 0 ? "shop" : "news"] },
      atMs: noonMs + index * 12_000,
    }),
  );
  await feedback.apply(...events);
  expect(feedback.outcomes.writes).toBe(2);
});

/** Any JSON where SES has text, lists, times and tags; `eventType` alone is as it should be. */
const anything = fc.oneof(
  fc.constant(undefined),
  fc.string({ maxLength: 12 }),
  fc.integer(),
  fc.constantFrom(null, true, [], {}, "2026-11-02T10:00:00Z", "NaN", "__proto__"),
  fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 }),
);
const part = fc.dictionary(
  fc.constantFrom(
    "timestamp",
    "bounceType",
    "bounceSubType",
    "bouncedRecipients",
    "delayedRecipients",
    "delayType",
    "complainedRecipients",
    "complaintFeedbackType",
    "recipients",
    "zzz",
  ),
  fc.oneof(
    anything,
    fc.array(fc.dictionary(fc.constantFrom("emailAddress", "status", "diagnosticCode"), anything), { maxLength: 3 }),
  ),
  { maxKeys: 4 },
);
const tags = fc.dictionary(
  fc.constantFrom("sw-id", "sw-pool", "sw-route", "sw-provider", "sw-day", "sw-stream", "ses:outgoing-ip"),
  fc.oneof(anything, fc.constantFrom(["warming"], ["news"], ["gmail"], ["several"], [today], ["9999-99-99"], ["a#b"])),
);
const hostile = fc.record(
  {
    eventType: fc.oneof(
      fc.constantFrom("Send", "Delivery", "Bounce", "Complaint", "DeliveryDelay", "Reject", "Rendering Failure"),
      fc.string({ maxLength: 10 }),
    ),
    mail: fc.oneof(
      anything,
      fc.record(
        { messageId: anything, destination: anything, timestamp: anything, tags: fc.oneof(tags, anything) },
        { requiredKeys: [] },
      ),
    ),
    bounce: fc.oneof(anything, part),
    complaint: fc.oneof(anything, part),
    delivery: fc.oneof(anything, part),
    deliveryDelay: fc.oneof(anything, part),
  },
  { requiredKeys: ["eventType"] },
);

const hostileEvents = isNight ? 1_000_000 : 200_000;

describe(`${hostileEvents} hostile events`, () => {
  test("fail no batch and no record", async () => {
    const perRun = 100;
    const runs = hostileEvents / perRun;
    const feedback = new TestFeedback();
    const outgoing = { pools: ["news"], allowed: new Map() };
    const ports = { ...feedback.ports, lifeCycles: new MemoryLifeCycles() };
    const handler = makeHandler({ ports, settings: feedback.settings, outgoing });
    // Sampled once and combined, because making a million from scratch is the most of the time.
    const pieces = fc.sample(hostile, 20_000);
    const chance = chanceOf(3);
    const piece = () => pieces[chance(pieces.length)] ?? { eventType: "" };
    for (let run = 0; run < runs; run += 1) {
      const records = Array.from({ length: perRun }, (_, index) => {
        const [one, two, three] = [piece(), piece(), piece()];
        const event = { ...one, mail: two.mail, bounce: three.bounce };
        return anSqsRecord(`r${index}`, JSON.stringify(event));
      });
      const answer = await handler({ Records: records }, aContext);
      if (answer.batchItemFailures.length > 0) expect(answer.batchItemFailures, `batch ${run}`).toEqual([]);
    }
  }, 600_000);

  test("a body that is no event at all is its own record's failure", () => {
    fc.assert(
      fc.property(fc.json(), (body) => {
        try {
          parseSesEvent(body);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});
