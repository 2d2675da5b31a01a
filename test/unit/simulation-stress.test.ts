import { describe, expect, test } from "vitest";
import { simulateSeed } from "../../shared/domain/simulation/simulate-seed.ts";
import { contender, scenario, summaries } from "../support/simulation.ts";

describe("the stress runs", () => {
  test("a shock comes over providers at full volume only, and is recovered from", { timeout: 30_000 }, () => {
    const shock = { day: 55, part: 0.4, providers: [] };
    const [aimd, table] = summaries(["delay-aware-1.3", "ses-45"], 40, { shock });
    expect(aimd?.shocks).toBeGreaterThan(100);
    expect(aimd?.recoveryDays.median).toBeGreaterThanOrEqual(5);
    expect(aimd?.recoveryDays.median).toBeLessThanOrEqual(10);
    // A table that never cuts carries what there is at once, and most of its mail is refused.
    expect(table?.recoveryDays).toEqual({ median: 2, p90: 2 });
    expect(table?.badPer10kAfterShock).toBeGreaterThan(10 * (aimd?.badPer10kAfterShock ?? 0));
    const young = simulateSeed("mid", [contender("ses-45")], 1, { ...scenario, shock: { ...shock, day: 5 } });
    expect(young[0]?.recovery).toBeUndefined();
  });

  test("a list that complains stops growth or does not, from the day it can be known", { timeout: 30_000 }, () => {
    const complaintRate = 0.004;
    const [table, aimd] = summaries(["doubling", "aimd-1.3"], 20, { complaintRate });
    expect(table?.growthStopsAfterDays.median).toBeGreaterThan(80);
    expect(table?.volumeGrows).toBe(1);
    expect(aimd?.growthStopsAfterDays.median).toBeLessThan(10);
    expect(aimd?.judged).toBe(20);
  });
});
