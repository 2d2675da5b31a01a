import { describe, expect, test } from "vitest";
import { noOutcomes, type OutcomeCounts, type OutcomeKey } from "../../shared/domain/feedback/outcome-counts.ts";
import { judgeWall, type WallFacts } from "../../shared/domain/quality/judge-wall.ts";
import { type QualityDay, qualityOf } from "../../shared/domain/quality/stream-quality.ts";
import type { Wall } from "../../shared/domain/quality/wall.ts";
import { dayAfter } from "../../shared/domain/utc-day.ts";
import { today } from "../support/builders.ts";

/** So many bounces of 10,000 answers today. */
const bounced = (bounces: number, changes: Partial<QualityDay> = {}): QualityDay => ({
  day: today,
  answered: 10_000,
  bounced: bounces,
  delivered: 0,
  complained: 0,
  ...changes,
});

/** So many complaints of 100,000 delivered today. */
const complained = (complaints: number, changes: Partial<QualityDay> = {}): QualityDay => ({
  ...bounced(0),
  delivered: 100_000,
  complained: complaints,
  ...changes,
});

const aWall = (changes: Partial<Wall> = {}): Wall => ({
  stream: "news",
  pool: "news",
  level: "no-warming",
  cause: "bounces",
  why: "why it rose",
  sinceMs: 0,
  ...changes,
});

const judged = (days: readonly QualityDay[], facts: Partial<WallFacts> = {}) => judgeWall({ today, days, ...facts });
const levelOf = (days: readonly QualityDay[], facts: Partial<WallFacts> = {}) => judged(days, facts)?.level;

describe("hard bounces", () => {
  test.each([
    [250, undefined],
    [350, "hold-growth"],
    [550, "no-warming"],
    [870, "no-overflow"],
  ])("of %i in 10,000 answers raise %s", (bounces, level) => {
    expect(levelOf([bounced(bounces)])).toBe(level);
  });

  test("count by what their rate is at least: at the limit itself there is no wall", () => {
    expect(levelOf([bounced(300)])).toBeUndefined();
    expect(levelOf([bounced(15, { answered: 300 })])).toBe("hold-growth");
    expect(levelOf([bounced(12, { answered: 300 })])).toBeUndefined();
  });

  test("raise no wall below 200 answers, whatever they are", () => {
    expect(levelOf([bounced(199, { answered: 199 })])).toBeUndefined();
    expect(levelOf([bounced(200, { answered: 200 })])).toBe("no-overflow");
  });

  test("count for three days, today among them", () => {
    const on = (ago: number) => levelOf([bounced(900, { day: dayAfter(today, -ago) })]);
    expect([0, 1, 2, 3].map(on)).toEqual(["no-overflow", "no-overflow", "no-overflow", undefined]);
  });

  test("are told with the figures that decided", () => {
    expect(judged([bounced(550)])).toEqual({
      level: "no-warming",
      cause: "bounces",
      why: "550 of 10000 answers in 3 days were hard bounces, at least 5.137 %",
    });
  });
});

describe("complaints", () => {
  test.each([
    [100, undefined],
    [130, "hold-growth"],
    [340, "no-warming"],
    [550, "no-overflow"],
  ])("%i of 100,000 delivered raise %s", (complaints, level) => {
    expect(levelOf([complained(complaints)])).toBe(level);
  });

  test("say nothing below 1,000 delivered, and below three of them", () => {
    expect(levelOf([complained(99, { delivered: 999 })])).toBeUndefined();
    expect(levelOf([complained(2, { delivered: 1_000 })])).toBeUndefined();
    expect(levelOf([complained(3, { delivered: 1_000 })])).toBe("hold-growth");
  });

  test("count for seven days, since they come late", () => {
    const on = (ago: number) => levelOf([complained(550, { day: dayAfter(today, -ago) })]);
    expect([6, 7].map(on)).toEqual(["no-overflow", undefined]);
  });

  test("beside bounces: the graver one decides", () => {
    expect(judged([bounced(350), complained(550)])).toMatchObject({ level: "no-overflow", cause: "complaints" });
    expect(judged([bounced(870), complained(130, { answered: 0 })])).toMatchObject({ cause: "bounces" });
  });
});

describe("a wall in force", () => {
  test("rises at once", () => {
    expect(levelOf([bounced(870)], { before: aWall() })).toBe("no-overflow");
  });

  test("stands until the rate is clearly below its limit", () => {
    const at = (bounces: number) => levelOf([bounced(bounces)], { before: aWall() });
    expect([540, 480, 440, 430].map(at)).toEqual(["no-warming", "no-warming", "no-warming", "hold-growth"]);
    expect([280, 270, 260].map(at)).toEqual(["hold-growth", "hold-growth", undefined]);
  });

  test("that stops mail stands when there is too little mail to speak for the list", () => {
    const before = aWall({ level: "no-overflow" });
    expect(judged([], { before })).toEqual({ level: "no-overflow", cause: "bounces", why: "why it rose" });
    expect(levelOf([bounced(0, { answered: 199 })], { before })).toBe("no-overflow");
    expect(levelOf([bounced(0, { answered: 200 })], { before })).toBeUndefined();
  });

  test("that only holds growth ends when the stream is silent", () => {
    expect(levelOf([], { before: aWall({ level: "hold-growth" }) })).toBeUndefined();
  });

  test("keeps its cause where another asks for the same", () => {
    const days = [bounced(550), complained(340, { answered: 0 })];
    expect(judged(days, { before: aWall({ cause: "complaints" }) })).toMatchObject({ cause: "complaints" });
    expect(judged(days, { before: aWall() })).toMatchObject({ cause: "bounces" });
  });

  test("that was lifted is judged by later days alone", () => {
    const days = [bounced(900, { day: dayAfter(today, -1) }), bounced(900)];
    expect(levelOf(days, { liftedDay: today })).toBeUndefined();
    expect(levelOf(days, { liftedDay: dayAfter(today, -1) })).toBe("no-overflow");
  });
});

test("a list that is refused alike everywhere holds growth, and no more", () => {
  const listFault = "refused alike";
  expect(judged([], { listFault })).toEqual({ level: "hold-growth", cause: "list", why: listFault });
  expect(judged([bounced(550)], { listFault })).toMatchObject({ level: "no-warming", cause: "bounces" });
});

describe("the quality of a stream", () => {
  const reading = (key: Partial<OutcomeKey>, counts: Partial<OutcomeCounts>) => ({
    key: {
      pool: "news",
      stream: "news",
      route: "warming",
      provider: "yahoo",
      day: today,
      arm: "none",
      ...key,
    } as const,
    counts: { ...noOutcomes, ...counts },
  });

  test("adds up pools, routes and providers of one day", () => {
    const found = qualityOf("news", [
      reading({}, { delivered: 90, bounced: 4, blocked: 1 }),
      reading({ pool: "alerts", route: "established" }, { delivered: 10, mailboxFull: 2 }),
      reading({ route: "shared", provider: "apple" }, { other: 3, complained: 1 }),
      reading({ day: dayAfter(today, -1) }, { delivered: 5 }),
      reading({ stream: "digest" }, { bounced: 100 }),
    ]);
    expect(found).toEqual([
      { day: today, answered: 110, bounced: 4, delivered: 100, complained: 1 },
      { day: dayAfter(today, -1), answered: 5, bounced: 0, delivered: 5, complained: 0 },
    ]);
  });

  test("takes no deferral for an answer: that mail is answered later", () => {
    expect(qualityOf("news", [reading({}, { deferred: 50, delivered: 50 })])).toMatchObject([{ answered: 50 }]);
  });

  test("leaves gmail out of complaints, which it does not report", () => {
    const found = qualityOf("news", [
      reading({ provider: "gmail" }, { delivered: 900 }),
      reading({}, { delivered: 7 }),
    ]);
    expect(found).toMatchObject([{ answered: 907, delivered: 7 }]);
  });
});
