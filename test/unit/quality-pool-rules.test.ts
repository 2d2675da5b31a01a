import { describe, expect, test } from "vitest";
import type { PoolRule } from "../../shared/domain/routing/pool-rule.ts";
import { aStream } from "../support/builders.ts";
import { down } from "../support/dispatcher.ts";
import { TestQuality } from "../support/quality.ts";

const wallOf = ({ walls }: TestQuality, stream = "news") => walls.of(stream)?.wall;

/** A list of which an eighth does not exist. */
const bad = { delivered: 875, bounced: 125 };

describe("a stream whose rules give its mail several pools (guide row 10)", () => {
  const toShop = { when: { providers: new Set(["gmail"]) }, pool: "shop" };
  const toShared = { when: { providers: new Set(["other"]) }, pool: undefined };

  function ruled(...poolRules: readonly PoolRule[]): TestQuality {
    const quality = new TestQuality();
    const streams = new Map([...quality.settings.streams, ["news", aStream({ poolRules })]]);
    quality.settings = { ...quality.settings, streams };
    return quality;
  }

  test("is judged by its mail of all of them together", async () => {
    const quality = ruled(toShop);
    await quality.answer({ bounced: 50 }, 0, { pool: "shop", provider: "gmail" });
    await quality.answer({ delivered: 900, bounced: 50 });
    await quality.run();
    expect(wallOf(quality)).toMatchObject({ level: "no-overflow", pool: "news", pools: ["news", "shop"] });
  });

  test("has a wall that stays as it is from run to run", async () => {
    const quality = ruled(toShop);
    await quality.answer(bad);
    await quality.run();
    const { version } = quality.walls.of("news") ?? {};
    await quality.next();
    expect(quality.walls.of("news")?.version).toBe(version);
  });

  test("has a wall for its pools of today, also where nothing else has changed", async () => {
    const quality = ruled(toShop, toShared);
    await quality.answer(bad);
    await quality.run();
    expect(wallOf(quality)?.pools).toEqual(["news", "shop", "shared"]);
    quality.settings = new TestQuality().settings;
    await quality.next();
    expect(wallOf(quality)?.pools).toBeUndefined();
    expect(quality.walls.of("news")?.pools).toBeUndefined();
    expect(quality.events.published).toHaveLength(1);
  });

  test("is not judged while one of them cannot be read", async () => {
    const quality = ruled(toShop);
    await quality.answer(bad);
    quality.instead = {
      outcomes: { read: (pool, day) => (pool === "shop" ? down() : quality.outcomes.read(pool, day)) },
    };
    await expect(quality.run()).rejects.toThrow();
    expect(wallOf(quality)).toBeUndefined();
  });

  test("is at fault where both samples of one pool are refused, not where one of each is", async () => {
    const refused = { delivered: 900, blocked: 100 };
    const trial = { arm: "trial", route: "warming" } as const;
    const control = { arm: "control", route: "shared" } as const;
    const apart = ruled(toShop);
    await apart.answer(refused, 0, trial);
    await apart.answer(refused, 0, { ...control, pool: "shop" });
    await apart.run();
    expect(wallOf(apart)).toBeUndefined();
    const together = ruled(toShop);
    await together.answer(refused, 0, { ...trial, pool: "shop" });
    await together.answer(refused, 0, { ...control, pool: "shop" });
    await together.run();
    expect(wallOf(together)).toMatchObject({ level: "hold-growth", cause: "list" });
  });
});
