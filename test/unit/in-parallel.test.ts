import { describe, expect, test } from "vitest";
import { inParallel } from "../../shared/app/in-parallel.ts";

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe("work in parallel", () => {
  test("is done on every item, never more at once than the limit", async () => {
    const [done, atOnce]: [number[], number[]] = [[], []];
    let running = 0;
    await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      running += 1;
      atOnce.push(running);
      await soon();
      running -= 1;
      done.push(item);
    });
    expect(new Set(done)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7]));
    expect(Math.max(...atOnce)).toBe(3);
  });

  test("that fails on some items is done on all others, and has ended when it rejects, with every error", async () => {
    const done: number[] = [];
    const work = inParallel([1, 2, 3, 4, 5], 2, async (item) => {
      if (item % 2 === 1) throw new Error(`item ${item}`);
      await soon();
      await soon();
      done.push(item);
    });
    const failure: unknown = await work.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AggregateError);
    expect(failure).toMatchObject({ errors: [1, 3, 5].map((item) => ({ message: `item ${item}` })) });
    expect(done).toEqual([2, 4]);
  });

  test("on nothing is nothing, whatever the limit", async () => {
    await inParallel([], 0, () => Promise.reject(new Error("never")));
  });
});
