import { describe, expect, test } from "vitest";
import type { SendPace } from "../../shared/app/dispatch/send-pace.ts";
import { shareOf, sharers } from "../../shared/domain/sending/rate-share.ts";
import { afterAnswer, afterThrottle, afterTurn, newTurns, paceAt } from "../../shared/domain/sending/turns.ts";
import { noonMs } from "../support/builders.ts";
import { down, TestDispatcher } from "../support/dispatcher.ts";

describe("the share of one environment", () => {
  const counts = [{ period: 6, senders: 4 }];
  const known = { perSecond: 100, counts };

  test("is an equal part among those that were at their limit in the period before", () => {
    expect(sharers(known, 7, true, 10)).toBe(4);
    expect(shareOf(100, 4)).toBeCloseTo(25 * 0.995);
  });

  test("is the smallest for a newcomer, or when the period before is not on record", () => {
    expect(sharers(known, 7, false, 10)).toBe(10);
    expect(sharers(known, 8, true, 10)).toBe(10);
  });

  test("is never smaller than among all the deployment may have", () => {
    expect(sharers({ perSecond: 100, counts: [{ period: 6, senders: 40 }] }, 7, true, 10)).toBe(10);
  });

  test("has no end while the account's rate is not known", () => {
    expect(shareOf(undefined, 4)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("throttling", () => {
  const throttled = afterThrottle(newTurns, { beganMs: noonMs - 50, nowMs: noonMs });

  test("takes a twentieth off the pace, which comes back over 25 seconds", () => {
    expect(paceAt(throttled, 100, noonMs)).toBeCloseTo(95);
    expect(paceAt(throttled, 100, noonMs + 10_000)).toBeCloseTo(97);
    expect(paceAt(throttled, 100, noonMs + 25_000)).toBe(100);
  });

  test("pauses for longer each time while SES takes nothing, up to 8 seconds", () => {
    let turns = newTurns;
    const pauses = Array.from({ length: 7 }, (_, index) => {
      const nowMs = noonMs + index * 60_000;
      turns = afterThrottle(turns, { beganMs: nowMs, nowMs });
      return turns.nextAtMs - nowMs;
    });
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
  });

  test("of calls that were under way together counts once", () => {
    expect(afterThrottle(throttled, { beganMs: noonMs - 40, nowMs: noonMs + 10 })).toBe(throttled);
  });

  test("is followed by a short pause again once SES took a later call, not one that was under way", () => {
    expect(afterAnswer(throttled, noonMs - 10).streak).toBe(1);
    expect(afterAnswer(throttled, noonMs + 500).streak).toBe(0);
  });

  test("leaves a pace also where the share is not known, and never none", () => {
    expect(paceAt(newTurns, Number.POSITIVE_INFINITY, noonMs)).toBe(Number.POSITIVE_INFINITY);
    expect(paceAt(throttled, Number.POSITIVE_INFINITY, noonMs)).toBeCloseTo(190);
    let turns = newTurns;
    for (let nowMs = noonMs; nowMs < noonMs + 1_000; nowMs += 1)
      turns = afterThrottle(turns, { beganMs: nowMs, nowMs });
    expect(paceAt(turns, 100, turns.throttledAtMs)).toBe(2);
  });
});

test("a mail with many recipients goes at its turn, and those behind it wait as long as it counts", () => {
  const turns = afterTurn(newTurns, { nowMs: noonMs, recipients: 50, perSecond: 10 });
  expect(turns.nextAtMs - noonMs).toBe(5_000 - 250);
});

describe("an environment", () => {
  /** Of 7, on an account with 70 a second. */
  async function environment(perSecond = 70): Promise<{ dispatcher: TestDispatcher; pace: SendPace }> {
    const dispatcher = new TestDispatcher();
    await dispatcher.rates.tell(perSecond);
    await dispatcher.recentCircuits.openNow();
    return { dispatcher, pace: dispatcher.newPace(7) };
  }

  /** Turns within so many ms. */
  async function turns({ dispatcher, pace }: { dispatcher: TestDispatcher; pace: SendPace }, ms: number) {
    const untilMs = dispatcher.clock.nowMs() + ms;
    let taken = 0;
    while ((await pace.turn(1, untilMs)) === "now") taken += 1;
    return taken;
  }

  test("takes its smallest share at first, and all of it when nobody else was at the limit", async () => {
    const one = await environment();
    expect(await turns(one, 9_000)).toBeCloseTo(90, -1);
    one.dispatcher.clock.atMs = noonMs + 10_000;
    expect(await turns(one, 9_000)).toBeGreaterThan(560);
  });

  test("makes one call a period, and none while it need not wait", async () => {
    const one = await environment();
    let calls = 0;
    const count = one.dispatcher.rates.count.bind(one.dispatcher.rates);
    one.dispatcher.rates.count = (period) => {
      calls += 1;
      return count(period);
    };
    await one.pace.turn(1, noonMs + 60_000);
    expect(calls).toBe(0);
    await turns(one, 29_000);
    expect(calls).toBe(3);
  });

  test("finds out about a raise when it is counted next", async () => {
    const one = await environment();
    await turns(one, 9_000);
    await one.dispatcher.rates.tell(700);
    one.dispatcher.clock.atMs = noonMs + 10_000;
    expect(await turns(one, 1_000)).toBeGreaterThan(600);
  });

  test("that cannot be counted goes on with the smallest share", async () => {
    const one = await environment();
    one.dispatcher.rates.count = down;
    expect(await turns(one, 20_000)).toBeCloseTo(199, -1);
    expect(one.dispatcher.log.of("SENDER_NOT_COUNTED").length).toBeGreaterThan(0);
  });

  test("has no pace while the guard has told no rate", async () => {
    const dispatcher = new TestDispatcher();
    await dispatcher.recentCircuits.openNow();
    for (let call = 0; call < 1_000; call += 1) expect(await dispatcher.pace.turn(50, noonMs)).toBe("now");
    expect(dispatcher.clock.nowMs()).toBe(noonMs);
  });
});
