import { expect, test } from "vitest";
import { benchmark } from "../bench/pacing/pacing.ts";

interface Counted {
  readonly throttlesPerThousand: number;
  readonly receivesPerMessage: number;
  readonly utilisation: number;
}

test("one to fifty environments share the account's rate without being throttled, also when it is raised", async () => {
  const { ours } = await benchmark.run(10_000);
  const { besideAnother, untold, ...known } = ours as unknown as Record<string, Counted>;
  expect(Object.keys(known)).toHaveLength(4);
  for (const counted of Object.values(known)) {
    expect(counted.throttlesPerThousand).toBeLessThan(2);
    expect(counted.receivesPerMessage).toBeLessThanOrEqual(1.02);
    // A short run: the first ten seconds and those after the raise weigh ten times as much as in the benchmark.
    expect(counted.utilisation).toBeGreaterThan(0.75);
  }
  expect(besideAnother?.throttlesPerThousand).toBeLessThan(20);
  expect(untold?.throttlesPerThousand).toBeLessThan(400);
});
