import { describe, expect, test } from "vitest";
import type { OwnModelMaker } from "../../shared/domain/simulation/own-model.ts";
import { productPolicy } from "../../shared/domain/simulation/product.ts";
import { simulateSeed } from "../../shared/domain/simulation/simulate-seed.ts";
import { summarize } from "../../shared/domain/simulation/summary.ts";
import hourlyBucket from "../provider-models/hourly-bucket.ts";
import onePercent from "../provider-models/one-percent.ts";
import outages from "../provider-models/outages.ts";
import softLimit from "../provider-models/soft-limit.ts";
import threePercent from "../provider-models/three-percent.ts";
import trustLater from "../provider-models/trust-later.ts";
import usualVolume from "../provider-models/usual-volume.ts";
import volumeTiers from "../provider-models/volume-tiers.ts";
import weeklyRhythm from "../provider-models/weekly-rhythm.ts";

const seeds = 40;

/** Share of the oracle, and recipients refused per 10,000 of demand beyond those that are refused whatever is sent. */
function judged(model: OwnModelMaker, always: number, delayDays: number) {
  const scenario = { days: 90, delayDays, delayHours: 2, fullPerDay: 50_000 };
  const policy = productPolicy();
  const results = Array.from({ length: seeds }, (_, at) => simulateSeed(model, [policy], 1 + at, scenario)[0]!);
  const found = summarize(
    results.map(({ score }) => score),
    results.map(({ oracle }) => oracle),
  );
  const offered = found.dedicatedShare / (1 - always);
  return { share: found.shareOfOracle, bad: found.badPer10k - 10_000 * always * offered };
}

/** Providers with other mechanics than the model that the constants were found with; nothing was fitted to them. */
describe.each<[string, OwnModelMaker, { least: number; most: number; always?: number }]>([
  ["a rate an hour", hourlyBucket, { least: 0.88, most: 6 }],
  ["tiers of volume", volumeTiers, { least: 0.92, most: 6 }],
  ["a multiple of what is usual", usualVolume, { least: 0.92, most: 12 }],
  ["no hard limit", softLimit, { least: 0.92, most: 6 }],
  // The oracle does not see an outage come: what it offers in it is refused, about 22 in 10,000.
  ["hours without service", outages, { least: 0.87, most: 30 }],
  ["less at weekends and by mood", weeklyRhythm, { least: 0.92, most: 6 }],
  ["trust by days, not by volume", trustLater, { least: 0.8, most: 6 }],
  ["1 % deferred whatever is sent", onePercent, { least: 0.92, most: 12, always: 0.01 }],
  ["3 % deferred whatever is sent", threePercent, { least: 0.8, most: 12, always: 0.03 }],
])("a provider with %s", (_, model, { least, most, always = 0 }) => {
  test.each([0, 1])("is warmed up with days known %i days late", (delayDays) => {
    const { share, bad } = judged(model, always, delayDays);
    expect(share).toBeGreaterThan(least);
    expect(bad).toBeLessThan(most);
  });
});
