import { describe, expect, test } from "vitest";
import { RecentOutcomes } from "../../shared/app/recent-outcomes.ts";
import type { Brake } from "../../shared/domain/brakes/brake.ts";
import { dayAfter } from "../../shared/domain/utc-day.ts";
import { minuteMs, noonMs, today } from "../support/builders.ts";
import { down } from "../support/dispatcher.ts";
import { TestQuality } from "../support/quality.ts";

const wallOf = ({ walls }: TestQuality, stream = "news") => walls.of(stream)?.wall;

/** A list of which an eighth does not exist. */
const bad = { delivered: 875, bounced: 125 };
const clean = { delivered: 5_000 };

describe("a bad list", () => {
  test("raises a wall that is on record, audited, counted and told", async () => {
    const quality = new TestQuality();
    await quality.answer({ delivered: 930, bounced: 70 });
    await quality.run();
    const why = "70 of 1000 answers in 3 days were hard bounces, at least 5.786 %";
    const told = { level: "no-warming", cause: "bounces", why };
    expect(wallOf(quality)).toEqual({ stream: "news", pool: "news", ...told, sinceMs: noonMs });
    expect(await quality.audit.latest("news", 9)).toMatchObject([
      { by: "quality", action: "wall-raised-news", says: `stream news: no-warming (bounces: ${why})` },
    ]);
    expect(quality.events.published).toEqual([
      { type: "List Quality", pool: "news", detail: { stream: "news", ...told } },
    ]);
    expect(quality.metrics.counted).toEqual([
      { name: "WallsRaised", value: 1, dimensions: { pool: "news", stream: "news" } },
    ]);
    expect(quality.log.of("WALL_RAISED")).toHaveLength(1);
  });

  test("is told once, and stands in the log with every run", async () => {
    const quality = new TestQuality();
    await quality.answer(bad);
    await quality.run();
    await quality.next();
    expect(quality.events.published).toHaveLength(1);
    expect(quality.log.of("WALL_STANDS")).toHaveLength(2);
    expect(wallOf(quality)?.sinceMs).toBe(noonMs);
  });

  test("is judged by all mail of its stream, whatever pool and route it left by", async () => {
    const quality = new TestQuality();
    await quality.answer({ bounced: 60 }, 0, { route: "shared" });
    await quality.answer({ bounced: 60 }, 0, { pool: "shop", route: "established" });
    await quality.answer({ delivered: 880 });
    await quality.run();
    expect(wallOf(quality)?.level).toBe("no-overflow");
    expect(wallOf(quality, "offers")).toBeUndefined();
  });

  test("of a stream without a pool is told under `shared`", async () => {
    const quality = new TestQuality();
    await quality.answer(bad, 0, { stream: "alerts", pool: "shared", route: "shared" });
    await quality.run();
    expect(wallOf(quality, "alerts")).toMatchObject({ pool: "shared", level: "no-overflow" });
  });

  test("that is cleaned lowers its wall with a later day", async () => {
    const quality = new TestQuality();
    await quality.answer({ delivered: 500, bounced: 500 });
    await quality.run();
    await quality.answer(clean);
    await quality.next();
    expect(wallOf(quality)?.level).toBe("no-overflow");
    await quality.answer({ delivered: 12_000 });
    await quality.next();
    expect(wallOf(quality)).toMatchObject({ level: "hold-growth", sinceMs: noonMs + 20 * minuteMs });
    await quality.answer({ delivered: 20_000 });
    await quality.next();
    expect(wallOf(quality)).toBeUndefined();
    expect(quality.log.of("WALL_LOWERED").map(({ fields }) => fields.level)).toEqual(["hold-growth", "none"]);
    expect(quality.events.published.at(-1)?.detail).toMatchObject({ stream: "news", level: "none", cause: "bounces" });
  });

  test("of a stream that the configuration has no more leaves no wall behind", async () => {
    const quality = new TestQuality();
    quality.walls.raise("no-overflow", { stream: "gone" });
    await quality.run();
    expect(wallOf(quality, "gone")).toBeUndefined();
  });
});

describe("a wall that an operator lifted", () => {
  test("is not raised again by the days that were forgotten", async () => {
    const quality = new TestQuality();
    await quality.answer(bad);
    quality.walls.put({ stream: "news", pool: "news", liftedDay: today, version: 3 });
    await quality.run();
    expect(quality.walls.of("news")).toEqual({ stream: "news", pool: "news", liftedDay: today, version: 3 });
  });

  test("in days to come, by a clock that was ahead, is judged again from tomorrow on, and that is told once", async () => {
    const quality = new TestQuality();
    await quality.answer(bad);
    quality.walls.put({ stream: "news", pool: "news", liftedDay: dayAfter(today, 40), version: 3 });
    await quality.run();
    await quality.next();
    expect(quality.walls.of("news")).toMatchObject({ liftedDay: today });
    expect(wallOf(quality)).toBeUndefined();
    expect(quality.log.of("LIFT_MENDED")).toHaveLength(1);
    quality.clock.advance(86_400_000);
    await quality.answer(bad, -1);
    await quality.run();
    expect(wallOf(quality)).toBeDefined();
  });

  test("during a run stays lifted", async () => {
    const quality = new TestQuality();
    await quality.answer(bad);
    quality.walls.beforeWrite = ({ stream }) =>
      quality.walls.put({ stream, pool: "news", liftedDay: today, version: 7 });
    await quality.run();
    expect(quality.walls.of("news")).toMatchObject({ liftedDay: today, version: 7 });
    expect(quality.events.published).toEqual([]);
  });
});

describe("a run that fails", () => {
  test("at one pool judges the streams of the others, and says so", async () => {
    const quality = new TestQuality();
    await quality.answer(bad);
    await quality.answer(bad, 0, { stream: "offers", pool: "shop" });
    quality.instead = {
      outcomes: { read: (pool, day) => (pool === "shop" ? down() : quality.outcomes.read(pool, day)) },
    };
    await expect(quality.run()).rejects.toThrow("1 parts of the quality run failed");
    expect(wallOf(quality)?.level).toBe("no-overflow");
    expect(wallOf(quality, "offers")).toBeUndefined();
    expect(quality.log.of("QUALITY_FAILED").map(({ fields }) => fields.what)).toEqual(["pool shop"]);
  });

  test("to read a pool lowers no wall of its streams", async () => {
    const quality = new TestQuality();
    quality.walls.raise("hold-growth");
    quality.instead = { outcomes: { read: down } };
    await expect(quality.run()).rejects.toThrow();
    expect(wallOf(quality)?.level).toBe("hold-growth");
  });
});

test("today is read with every run, yesterday every three hours, earlier days every twelve", async () => {
  const quality = new TestQuality();
  const asked: string[] = [];
  const read = async (pool: string, day: string) => {
    if (pool === "news") asked.push(day);
    return [];
  };
  quality.instead = { outcomes: new RecentOutcomes({ read }, quality.clock) };
  await quality.run();
  expect(asked.splice(0)).toEqual([
    "2026-11-02",
    "2026-11-01",
    "2026-10-31",
    "2026-10-30",
    "2026-10-29",
    "2026-10-28",
    "2026-10-27",
  ]);
  await quality.next();
  expect(asked.splice(0)).toEqual(["2026-11-02"]);
  await quality.next(3 * 60);
  expect(asked.splice(0)).toEqual(["2026-11-02", "2026-11-01"]);
  await quality.next(9 * 60);
  // The next day: all but the day that was read nine hours ago.
  expect(asked).toHaveLength(6);
});

describe("a brake whose time is over", () => {
  const key = { pool: "news", route: "warming", provider: "gmail" } as const;
  const brake: Brake = {
    step: "slow",
    rule: "rate",
    level: 1,
    trickles: true,
    sinceMs: noonMs - 40 * minuteMs,
    untilMs: noonMs,
    why: "1 of 20",
  };

  test("is told of once: log, metric, audit, event", async () => {
    const quality = new TestQuality();
    await quality.brakes.keep(key, brake);
    await quality.run();
    await quality.next();
    expect(quality.log.of("BRAKE_OVER")).toHaveLength(1);
    expect(quality.metrics.total("BrakesEnded")).toBe(1);
    expect(await quality.audit.latest("news", 9)).toMatchObject([
      { by: "quality", provider: "gmail", action: "brake-over-warming" },
    ]);
    expect(quality.events.published).toMatchObject([
      { type: "Brake Ended", pool: "news", detail: { provider: "gmail", route: "warming", rule: "rate" } },
    ]);
  });

  test("is not told of before", async () => {
    const quality = new TestQuality();
    await quality.brakes.keep(key, { ...brake, untilMs: noonMs + 1 });
    await quality.run();
    expect(quality.log.of("BRAKE_OVER")).toEqual([]);
  });
});
