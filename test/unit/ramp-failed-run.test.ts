import { describe, expect, test } from "vitest";
import { sesDefaultPool } from "../../shared/domain/warm-up/placement.ts";
import { aPool, today } from "../support/builders.ts";
import { down } from "../support/dispatcher.ts";
import { TestRamp } from "../support/ramp.ts";

describe("a run that was cut short", () => {
  test("leaves the rest to the next, which keeps the decision on record", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 0);
    const { allowances } = ramp;
    ramp.instead = {
      allowances: {
        read: (keys) => allowances.read(keys),
        setLimit: (key, limit) => allowances.setLimit(key, limit),
        setBrake: down,
        open: (key, limit) => (key.provider === "other" ? down() : allowances.open(key, limit)),
      },
    };
    await expect(ramp.run(1)).rejects.toThrow("1 of 1 pools were not ramped");
    expect(ramp.limit(1, { provider: "other" })).toBeUndefined();
    // What was opened is told, whatever became of the rest: the next run finds it done.
    expect(ramp.events.published.at(-1)).toMatchObject({
      type: "Allowances Decided",
      detail: {
        day: ramp.day(1),
        decisions: expect.arrayContaining([expect.objectContaining({ provider: "gmail" })]),
      },
    });
    ramp.instead = {};
    await ramp.run(1, 1);
    expect([ramp.limit(1), await ramp.rule(1)]).toEqual([150, "grow"]);
    expect(ramp.limit(1, { provider: "other" })).toBe(100);
  });

  test("decides once: what is known better by then cuts, and says so", async () => {
    const ramp = new TestRamp();
    await ramp.warm(0, 0);
    ramp.openNoDay();
    await expect(ramp.run(1)).rejects.toThrow();
    await ramp.answer(0, { blocked: 90 });
    ramp.instead = {};
    await ramp.run(1, 1);
    expect([ramp.limit(1), await ramp.rule(1)]).toEqual([100, "cut-refused"]);
  });

  test.each(["pause", "disable"] as const)(
    "between the record and the allowance: %s still takes effect",
    async (action) => {
      const ramp = new TestRamp();
      await ramp.warm(0, 0);
      await ramp.run(1);
      ramp.operator(1, { action });
      const { allowances } = ramp;
      ramp.instead = {
        allowances: {
          read: (keys) => allowances.read(keys),
          open: (key, limit) => allowances.open(key, limit),
          setLimit: down,
          setBrake: down,
        },
      };
      await expect(ramp.run(1, 1)).rejects.toThrow();
      ramp.instead = {};
      await ramp.run(1, 2);
      expect(ramp.limit(1)).toBe(action === "pause" ? 0 : 1_000_000_000);
    },
  );
});

test("a pool that fails does not stop the others, and the run fails for the alarm", async () => {
  const pools = [aPool(), aPool({ name: "b", ips: ["192.0.2.2"] })];
  const ramp = new TestRamp({ "192.0.2.1": sesDefaultPool, "192.0.2.2": sesDefaultPool }, pools);
  const { lifeCycles } = ramp;
  ramp.instead = {
    lifeCycles: {
      read: (pool) => (pool === "news" ? down() : lifeCycles.read(pool)),
      write: (changed) => lifeCycles.write(changed),
    },
  };
  await expect(ramp.run(0)).rejects.toThrow("1 of 2 pools were not ramped");
  expect([ramp.limit(0), ramp.limit(0, { pool: "b" })]).toEqual([undefined, 100]);
  expect(ramp.log.of("RAMP_FAILED")).toMatchObject([{ level: "error", fields: { pool: "news", day: today } }]);
  expect(await ramp.record.mark("news")).toBeUndefined();
});

test("a life cycle that was changed meanwhile fails the run, and the next goes on from what it is then", async () => {
  const ramp = new TestRamp();
  ramp.lifeCycles.beforeWrite = ({ pool }) => {
    ramp.lifeCycles.beforeWrite = () => {};
    ramp.lifeCycles.change(pool, { paused: true });
  };
  await expect(ramp.run(0)).rejects.toThrow("1 of 1 pools were not ramped");
  expect(ramp.limit(0)).toBeUndefined();
  await ramp.run(0, 1);
  expect([ramp.limit(0), await ramp.rule(0)]).toEqual([0, "paused"]);
  expect(ramp.lifeCycles.of("news")).toMatchObject({ phase: "warming", paused: true });
});
