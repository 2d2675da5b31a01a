import { expect, test } from "vitest";
import { policies } from "../../shared/domain/simulation/policies.ts";
import { runSeed } from "../../shared/domain/simulation/run.ts";
import { quantile } from "../../shared/domain/simulation/score.ts";
import { contender, scenario, summaries } from "../support/simulation.ts";

test("figures stay what they were: seeds 1 to 200 of the middle prior", { timeout: 60_000 }, () => {
  const rows = summaries(["aimd-1.3", "ses-45+pause", "delay-aware-1.3-paced-stop"], 200).map(
    ({ daysToFull, neverFull, dedicatedShare, badPer10k, shareOfOracle }) =>
      [daysToFull.median, daysToFull.p90, neverFull, dedicatedShare, badPer10k, shareOfOracle].map(
        (figure) => Math.round(figure * 1e4) / 1e4,
      ),
  );
  expect(rows).toEqual([
    [30, 47, 0.01, 0.7771, 8.0277, 0.867],
    [47, 81, 0.1, 0.5635, 7.0159, 0.6286],
    [27, 40, 0, 0.7824, 5.8702, 0.8729],
  ]);
});

test("a policy does not change the demand", () => {
  const demands = ["oracle", "doubling", "product"].map((name) =>
    runSeed("mid", contender(name), 7, scenario).map(({ demand }) => [...demand]),
  );
  expect(demands[1]).toEqual(demands[0]);
  expect(demands[2]).toEqual(demands[0]);
});

test("every policy runs ninety days and accepts no more than there is", { timeout: 30_000 }, () => {
  for (const [name, policy] of policies) {
    for (const run of runSeed("strict", policy, 3, { ...scenario, delayDays: 1, delayHours: 24 })) {
      run.demand.forEach((demand, day) => {
        const [accepted, deferred, blocked] = [run.accepted, run.deferred, run.blocked].map((each) => each[day] ?? 0);
        expect(accepted! + deferred! + blocked!, `${name}, day ${day + 1}`).toBeLessThanOrEqual(demand);
      });
    }
  }
});

test("a quantile is an entry of the sorted list, rounded down", () => {
  expect([0, 0.5, 0.9, 1].map((q) => quantile([40, 10, 30, 20], q))).toEqual([10, 20, 30, 40]);
});
