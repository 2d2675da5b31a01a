import { describe, expect, test } from "vitest";
import { putOnBrake } from "../../shared/app/brakes/put-on-brake.ts";
import { dayAfter } from "../../shared/domain/utc-day.ts";
import { adaptiveSettings } from "../../shared/domain/warm-up/adaptive-settings.ts";
import { noonMs, today } from "../support/builders.ts";
import { down } from "../support/dispatcher.ts";
import { TestFeedback } from "../support/feedback.ts";
import { reserveAt } from "../support/reserve.ts";
import { aBounce, aDelivery, aRateDelay, blockReply, type OfMail } from "../support/ses-events.ts";

const gmail = { pool: "news", route: "warming", provider: "gmail", day: today } as const;
const yahoo = { ...gmail, provider: "yahoo" };
const minuteMs = 60_000;
const rateDelays = (count: number) => Array.from({ length: count }, () => aRateDelay());

/** An open day of 1,000 at gmail and at yahoo, of which 100 are used. */
function openDay(): TestFeedback {
  const feedback = new TestFeedback();
  feedback.allowances.nowMs = noonMs;
  for (const key of [gmail, yahoo]) feedback.allowances.grant(key, 1_000, 100);
  return feedback;
}

test("a brake whose signs began before midnight is put on today's allowance", async () => {
  const feedback = openDay();
  const tomorrow = { ...gmail, day: dayAfter(today, 1) };
  feedback.clock.atMs = Date.parse(tomorrow.day) + 5 * minuteMs;
  feedback.allowances.nowMs = feedback.clock.atMs;
  feedback.allowances.grant(tomorrow, 1_000, 100);
  const sinceMs = feedback.clock.atMs - 10 * minuteMs;
  const brake = { step: "stop", rule: "rate-much", level: 1, trickles: false, sinceMs, untilMs: sinceMs + 7_200_000 };
  const { pool, route, provider } = gmail;
  await putOnBrake(feedback.ports, { pool, route, provider }, { ...brake, step: "stop", why: "test" }, "test");
  expect(await reserveAt(feedback.allowances, tomorrow, 10)).toMatchObject({ kind: "none" });
  expect(feedback.allowances.of(gmail)).not.toHaveProperty("brake.step", "stop");
});

describe("a provider that refuses", () => {
  test("is braked within the batch that says so, and no other provider is", async () => {
    const feedback = openDay();
    await feedback.apply(...rateDelays(8), aDelivery());
    expect(await reserveAt(feedback.allowances, gmail, 10)).toMatchObject({ kind: "none" });
    expect(await reserveAt(feedback.allowances, yahoo, 10)).toMatchObject({ kind: "granted", recipients: 10 });
  });

  test("is told of: on record, in the audit, as an event and a metric", async () => {
    const feedback = openDay();
    await feedback.apply(...rateDelays(8));
    const [kept] = await feedback.brakes.read("news");
    expect(kept).toMatchObject({
      key: { provider: "gmail", route: "warming" },
      brake: { step: "stop", rule: "rate-much" },
    });
    expect(feedback.audit.says[0]).toMatch(
      /^gmail on warming IPs: stopped until 2026-11-02 14:10 UTC \(rate-much: 8 of 8 answers/,
    );
    expect(feedback.events.published).toMatchObject([
      { type: "Brake Started", pool: "news", detail: { provider: "gmail" } },
    ]);
    expect(feedback.metrics.total("BrakesStarted")).toBe(1);
  });

  test("the same events again change nothing and tell nothing", async () => {
    const feedback = openDay();
    const events = rateDelays(8);
    await feedback.apply(...events);
    const before = feedback.allowances.of(gmail);
    await feedback.apply(...events);
    expect(feedback.allowances.of(gmail)).toEqual(before);
    expect(feedback.events.published).toHaveLength(1);
  });

  test("that goes on under a slow brake is stopped: the brake escalates", async () => {
    const feedback = openDay();
    await feedback.apply(aRateDelay(), ...Array.from({ length: 60 }, () => aDelivery()));
    expect(feedback.allowances.of(gmail)?.brake?.step).toBe("slow");
    feedback.clock.atMs += 10 * minuteMs;
    await feedback.apply(...Array.from({ length: 12 }, () => aRateDelay({ atMs: feedback.clock.atMs })));
    expect(feedback.allowances.of(gmail)?.brake?.step).toBe("stop");
    expect(feedback.events.published.map(({ type }) => type)).toEqual(["Brake Started", "Brake Escalated"]);
  });

  test("on established IPs is braked there", async () => {
    const feedback = openDay();
    const established = { ...gmail, route: "established" } as const;
    feedback.allowances.grant(established, 5_000);
    await feedback.apply(aBounce("Transient", "General", blockReply, { tags: { "sw-route": ["established"] } }));
    expect(feedback.allowances.of(established)?.brake).toMatchObject({ step: "stop", trickles: false });
    expect(feedback.allowances.of(gmail)?.brake).toBeUndefined();
  });

  test("on shared IPs is not braked: they are not ours", async () => {
    const feedback = openDay();
    await feedback.apply(aBounce("Transient", "General", blockReply, { tags: { "sw-route": ["shared"] } }));
    expect(await feedback.brakes.read("news")).toEqual([]);
  });

  test("late at night is braked on the record: the ramp takes it into the new day", async () => {
    const feedback = new TestFeedback();
    await feedback.apply(...rateDelays(8));
    expect(await feedback.brakes.read("news")).toHaveLength(1);
  });
});

describe("mail that was admitted yesterday", () => {
  test("and is refused today brakes today's allowance", async () => {
    const feedback = openDay();
    const tags = { "sw-day": ["2026-11-01"] };
    await feedback.apply(...Array.from({ length: 8 }, () => aRateDelay({ tags })));
    expect(feedback.allowances.of(gmail)?.brake?.step).toBe("stop");
  });
});

test("a brake that could not be written sends its records back, and is on when they come again", async () => {
  const feedback = openDay();
  const events = rateDelays(8);
  feedback.instead = { allowances: { setBrake: down } };
  expect((await feedback.apply(...events, aDelivery())).size).toBe(8);
  feedback.instead = {};
  expect(await feedback.apply(...events)).toEqual(new Set());
  expect(feedback.allowances.of(gmail)?.brake?.step).toBe("stop");
});

test("rules of the deployment take the place of the shipped ones", async () => {
  const feedback = openDay();
  const rule = {
    id: "one",
    on: "refused",
    windowMinutes: 60,
    atLeast: 1,
    rateAtLeast: 0,
    step: "stop",
    minutes: 30,
    source: "ours",
  } as const;
  feedback.settings = { ...feedback.settings, brakeRules: [{ ...rule, providers: ["yahoo"] }] };
  await feedback.apply(...rateDelays(8));
  expect(await feedback.brakes.read("news")).toEqual([]);
  feedback.settings = { ...feedback.settings, brakeRules: [rule] };
  await feedback.apply(aRateDelay());
  expect(await feedback.brakes.read("news")).toMatchObject([{ brake: { rule: "one" } }]);
});

describe("a pool that ramps by what is refused", () => {
  const adaptive = () => {
    const feedback = openDay();
    feedback.settings = { ...feedback.settings, adaptivePools: new Map([["news", adaptiveSettings]]), brakeRules: [] };
    return feedback;
  };

  const deliveries = (count: number, of?: OfMail) => Array.from({ length: count }, () => aDelivery(of));

  test("ends its day at a provider with the first hour that refused, until midnight, without an alarm", async () => {
    const feedback = adaptive();
    const morning = { atMs: noonMs - 3 * 60 * minuteMs };
    await feedback.apply(...deliveries(2_000, morning), aRateDelay(morning));
    expect(feedback.allowances.of(gmail)?.brake).toBeUndefined();
    await feedback.apply(...rateDelays(6), ...deliveries(20));
    expect(feedback.allowances.of(gmail)?.brake).toMatchObject({
      step: "stop",
      sinceMs: noonMs,
      untilMs: Date.parse("2026-11-03T00:00:00Z"),
    });
    expect(feedback.log.of("DAY_LIMIT_REACHED")).toHaveLength(1);
    expect(feedback.log.of("BRAKE_ON")).toEqual([]);
  });

  test("does not for the few that a provider refuses all day long", async () => {
    const feedback = adaptive();
    for (let hour = 0; hour < 12; hour += 1) {
      const of = { atMs: noonMs - hour * 60 * minuteMs };
      await feedback.apply(...deliveries(97, of), ...Array.from({ length: 3 }, () => aRateDelay(of)));
    }
    expect(feedback.allowances.of(gmail)?.brake).toBeUndefined();
  });

  test("judges an hour of few answers together with those before", async () => {
    const feedback = adaptive();
    await feedback.apply(...deliveries(30, { atMs: noonMs - 180 * minuteMs }), ...rateDelays(2));
    expect(feedback.allowances.of(gmail)?.brake).toBeUndefined();
  });

  test("does not for one refusal, nor for yesterday's mail", async () => {
    const feedback = adaptive();
    const yesterday = { tags: { "sw-day": ["2026-11-01"] } };
    await feedback.apply(aRateDelay(), aDelivery(), ...Array.from({ length: 9 }, () => aRateDelay(yesterday)));
    expect(feedback.allowances.of(gmail)?.brake).toBeUndefined();
  });

  test("keeps the harder of two brakes", async () => {
    const feedback = adaptive();
    feedback.settings = { ...feedback.settings, brakeRules: new TestFeedback().settings.brakeRules };
    await feedback.apply(...rateDelays(8));
    expect(feedback.allowances.of(gmail)?.brake?.untilMs).toBe(Date.parse("2026-11-03T00:00:00Z"));
  });
});
