import { describe, expect, test } from "vitest";
import { openUnder } from "../../shared/domain/brakes/brake.ts";
import { brakeRules } from "../../shared/domain/brakes/brake-rule.ts";
import { judgeBrake } from "../../shared/domain/brakes/judge-brake.ts";
import { uniteTallies } from "../../shared/domain/brakes/tally.ts";
import { type SignKind, type SignSlot, signText } from "../../shared/domain/feedback/sign.ts";
import { noonMs } from "../support/builders.ts";
import { tallySlots } from "../support/tallies.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
let mails = 0;

/** Ten minutes of new mail to gmail by warming IPs, so many minutes after noon. */
function slot(minutes: number, counts: Partial<Record<SignKind, number>>): SignSlot {
  const signs = new Set<string>();
  for (const [kind, count] of Object.entries(counts) as [SignKind, number][]) {
    for (let left = count; left > 0; left -= 1) {
      mails += 1;
      signs.add(signText({ route: "warming", kind, mail: `mail-${mails}` }));
    }
  }
  return { provider: "gmail", slotMs: noonMs + minutes * minuteMs, byStream: new Map([["news", signs]]) };
}

const judge = (slots: readonly SignSlot[], minutes: number) =>
  judgeBrake(brakeRules, tallySlots("warming", slots), noonMs + minutes * minuteMs);

describe("a brake starts", () => {
  test.each<[string, Partial<Record<SignKind, number>>, unknown]>([
    ["not from a few deferrals among many", { delivered: 200, throttled: 4 }, undefined],
    ["not from words that are not sure", { delivered: 10, throttled: 1 }, undefined],
    [
      "slow from deferrals that are surely above a tenth",
      { delivered: 60, throttled: 20 },
      { step: "slow", rule: "deferred" },
    ],
    [
      "as a stop when they are surely above a quarter",
      { delivered: 20, throttled: 20 },
      { step: "stop", rule: "deferred-much" },
    ],
    [
      "slow at once from one sure reply about the rate",
      { delivered: 500, "throttled-sure": 1 },
      { step: "slow", rule: "rate" },
    ],
    ["as a stop from several of them", { delivered: 30, "throttled-sure": 6 }, { step: "stop", rule: "rate-much" }],
    [
      "as a stop at once from one sure reply about reputation",
      { delivered: 500, "blocked-sure": 1 },
      { step: "stop", rule: "listed" },
    ],
    ["as a stop when nearly everything is refused", { throttled: 2, blocked: 2 }, { step: "stop" }],
    ["not from dead addresses and full mailboxes", { recipient_invalid: 30, mailbox_full: 30 }, undefined],
    ["not from complaints alone", { delivered: 100, complained: 20 }, undefined],
  ])("%s", (_, counts, expected) => {
    const brake = judge([slot(0, counts)], 5);
    if (expected === undefined) expect(brake).toBeUndefined();
    else expect(brake).toMatchObject(expected as object);
  });

  test("only for the route that was refused", () => {
    const slots = [slot(0, { "blocked-sure": 3 })];
    expect(judgeBrake(brakeRules, tallySlots("established", slots), noonMs + hourMs)).toBeUndefined();
  });

  test("only from what happened within the window", () => {
    const [early, late] = [slot(0, { throttled: 5, delivered: 5 }), slot(90, { delivered: 5, throttled: 1 })];
    expect(judge([early, late], 5)).toBeDefined();
    expect(
      judge([slot(0, { throttled: 3, delivered: 3 }), slot(90, { throttled: 3, delivered: 3 })], 95),
    ).toBeUndefined();
  });
});

test("a slot that comes in several pieces counts whole, whichever comes first", () => {
  const [refused, clean] = [slot(0, { throttled: 6 }), slot(0, { delivered: 200 })];
  expect(judge([refused], 5)).toBeDefined();
  expect(judge([refused, clean], 5)).toBeUndefined();
  expect(judge([clean, refused], 5)).toBeUndefined();
});

test("a slot in which the mail of two days is answered counts whole", () => {
  const ofDays = [slot(0, { throttled: 6 }), slot(0, { delivered: 200 })].map((each) => tallySlots("warming", [each]));
  expect(judgeBrake(brakeRules, uniteTallies(ofDays), noonMs + 5 * minuteMs)).toBeUndefined();
});

describe("a brake ends by itself", () => {
  test("after its time", () => {
    const slots = [slot(0, { "throttled-sure": 1, delivered: 50 })];
    expect(judge(slots, 39)).toMatchObject({ step: "slow", level: 1, untilMs: noonMs + 40 * minuteMs });
    expect(judge(slots, 40)).toBeUndefined();
  });

  test("and comes back for twice as long when it is refused again, and stops the third time", () => {
    const again = (minutes: number) => slot(minutes, { "throttled-sure": 1, delivered: 50 });
    const [first, second] = [again(0), again(50)];
    expect(judge([first, second], 55)).toMatchObject({ step: "slow", level: 2, untilMs: noonMs + 120 * minuteMs });
    expect(judge([first, second, again(130)], 135)).toMatchObject({
      step: "stop",
      level: 3,
      untilMs: noonMs + (140 + 120) * minuteMs,
    });
  });

  test("what was on its way when it stopped starts nothing new", () => {
    const stop = slot(0, { "blocked-sure": 1 });
    const still = [10, 20, 30].map((minutes) => slot(minutes, { blocked: 20 }));
    expect(judge([stop, ...still], 40)).toMatchObject({ level: 1, untilMs: noonMs + 250 * minuteMs });
  });

  test("SES trying the same mail again is no new refusal", () => {
    const first = slot(0, { "throttled-sure": 1, delivered: 50 });
    const retried = { ...first, slotMs: noonMs + 60 * minuteMs };
    expect(judge([first, retried], 65)).toBeUndefined();
  });

  test("slow gives way to a stop while it lasts", () => {
    const slots = [slot(0, { "throttled-sure": 1, delivered: 50 }), slot(10, { "throttled-sure": 9 })];
    expect(judge(slots, 15)).toMatchObject({ step: "stop", level: 1 });
  });
});

describe("under a brake an allowance of 1,000, of which 300 were used, opens", () => {
  const brake = { step: "slow", trickles: true, sinceMs: noonMs, untilMs: noonMs + 4 * hourMs, floor: 300 } as const;
  const open = (by: Partial<typeof brake> | { step: "stop"; trickles: boolean }, hours: number) =>
    openUnder({ ...brake, ...by }, 1_000, noonMs + hours * hourMs);

  test("slowly: 20 an hour", () => {
    expect([open({}, 0), open({}, 1), open({}, 3)]).toEqual([300, 320, 360]);
  });

  test("slowly, and never more than half of what was left", () => {
    expect(openUnder({ ...brake, untilMs: noonMs + 100 * hourMs }, 1_000, noonMs + 50 * hourMs)).toBe(650);
  });

  test("a trickle when it is stopped for a cause that heals", () => {
    expect([open({ step: "stop", trickles: true }, 0.5), open({ step: "stop", trickles: true }, 2)]).toEqual([
      300, 302,
    ]);
  });

  test("nothing when it is stopped for its reputation", () => {
    expect(open({ step: "stop", trickles: false }, 3.9)).toBe(300);
  });

  test("slowly again after a stop of four hours, and all of it two hours later", () => {
    const stop = { step: "stop", trickles: false } as const;
    expect([open(stop, 4), open(stop, 5), open(stop, 5.9), open(stop, 6)]).toEqual([300, 320, 338, 1_000]);
  });

  test("all of it again when a slow brake is over", () => {
    expect(open({}, 4)).toBe(1_000);
  });

  test("never more than the limit, however it was lowered", () => {
    expect(openUnder(brake, 200, noonMs + hourMs)).toBe(200);
  });
});
