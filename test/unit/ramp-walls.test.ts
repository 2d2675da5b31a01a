import { describe, expect, test } from "vitest";
import { TestRamp } from "../support/ramp.ts";

describe("a pool with a stream behind a wall", () => {
  test("does not grow, and says which stream and why", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 1);
    ramp.walls.raise("hold-growth", { why: "70 of 1000 bounced" });
    await ramp.run(2);
    expect(await ramp.decision(2)).toMatchObject({
      allowance: 150,
      rule: "held",
      why: "stream news is behind a wall (hold-growth): 70 of 1000 bounced",
    });
  });

  test("is held by the gravest wall of its streams", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 0);
    ramp.walls.raise("hold-growth");
    ramp.walls.raise("no-overflow", { stream: "digest" });
    await ramp.run(1);
    expect((await ramp.decision(1))?.why).toMatch(/^stream digest .*no-overflow/);
  });

  test("is held by what the guard found before that", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 0);
    ramp.walls.raise("no-warming");
    ramp.lifeCycles.change("news", { holds: [{ code: "ip-moved", sentence: "an IP moved", since: ramp.day(0) }] });
    await ramp.run(1);
    expect((await ramp.decision(1))?.why).toBe("an IP moved");
  });

  test("grows again when the wall has fallen", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 0);
    ramp.walls.raise("no-warming");
    await ramp.warm(1, 1);
    ramp.walls.fall();
    await ramp.run(2);
    expect([ramp.limit(1), ramp.limit(2)]).toEqual([100, 150]);
  });
});

test("a pool is held by a stream whose rules give it mail (guide row 10)", async () => {
  const ramp = new TestRamp();
  await ramp.warm(0, 0);
  ramp.walls.raise("hold-growth", { stream: "offers", pool: "shop", pools: ["shop", "news"] });
  await ramp.run(1);
  expect(await ramp.decision(1)).toMatchObject({ rule: "held", why: expect.stringMatching(/^stream offers/) });
});

test("another pool's wall holds nothing here", async () => {
  const ramp = new TestRamp();
  await ramp.warm(0, 0);
  ramp.walls.raise("no-overflow", { stream: "offers", pool: "shop" });
  ramp.walls.raise("no-overflow", { stream: "alerts", pool: "shared" });
  ramp.walls.raise("no-overflow", { stream: "cards", pool: "shared", pools: ["shared", "shop"] });
  await ramp.run(1);
  expect(await ramp.rule(1)).toBe("grow");
});
