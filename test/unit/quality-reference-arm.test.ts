import { describe, expect, test } from "vitest";
import type { Arm } from "../../shared/domain/feedback/arm.ts";
import type { OutcomeCounts } from "../../shared/domain/feedback/outcome-counts.ts";
import type { RouteKind } from "../../shared/domain/routing/route.ts";
import { allowanceAt, minuteMs, noonMs } from "../support/builders.ts";
import { down } from "../support/dispatcher.ts";
import { TestQuality } from "../support/quality.ts";

describe("the run that judges the samples", () => {
  const at = (arm: Arm, route: RouteKind) => ({ arm, route, provider: "gmail" }) as const;

  async function sampled(trial: Partial<OutcomeCounts>, control: Partial<OutcomeCounts>, ago = 0) {
    const quality = new TestQuality();
    quality.allowances.grant(allowanceAt("gmail"), 1_000, 100);
    await quality.answer(trial, ago, at("trial", "warming"));
    await quality.answer(control, ago, at("control", "shared"));
    return quality;
  }
  const brakesOf = async ({ brakes }: TestQuality) => (await brakes.read("news")).map(({ brake }) => brake);

  test("keeps the evidence, and writes it again only when it changed", async () => {
    const quality = await sampled({ delivered: 150, blocked: 1 }, { delivered: 150 });
    await quality.run();
    await quality.next();
    expect(await quality.evidence.read("news")).toMatchObject([
      { provider: "gmail", evidence: { verdict: "no-difference-seen", trial: { hits: 1, total: 151 } } },
    ]);
    expect(quality.evidence.writes).toBe(1);
    await quality.next(8 * 24 * 60);
    expect(await quality.evidence.read("news")).toMatchObject([{ evidence: { verdict: "not-yet-known" } }]);
  });

  test("slows warming IPs down for an hour where they alone are refused", async () => {
    const quality = await sampled({ delivered: 180, blocked: 20 }, { delivered: 200 });
    await quality.run();
    expect(await brakesOf(quality)).toMatchObject([
      { step: "slow", rule: "worse-than-reference", level: 1, untilMs: noonMs + 60 * minuteMs },
    ]);
    expect(quality.allowances.of(allowanceAt("gmail"))?.brake).toMatchObject({ step: "slow" });
    expect(quality.events.published).toMatchObject([
      { type: "Brake Started", pool: "news", detail: { provider: "gmail", rule: "worse-than-reference" } },
    ]);
    expect(await quality.audit.latest("news", 9)).toMatchObject([{ by: "quality", action: "brake-slow-warming" }]);
  });

  test("leaves a brake that is in force alone", async () => {
    const quality = await sampled({ delivered: 180, blocked: 20 }, { delivered: 200 });
    const key = { pool: "news", route: "warming", provider: "gmail" } as const;
    const stop = { step: "stop", rule: "listed", level: 2, trickles: false, sinceMs: 0, why: "S3150" } as const;
    await quality.brakes.keep(key, { ...stop, untilMs: noonMs + minuteMs });
    await quality.run();
    expect(await brakesOf(quality)).toMatchObject([{ rule: "listed" }]);
  });

  test("does not slow down today for what was refused days ago", async () => {
    const quality = await sampled({ delivered: 180, blocked: 20 }, { delivered: 200 }, 2);
    await quality.run();
    expect(await brakesOf(quality)).toEqual([]);
    expect(await quality.evidence.read("news")).toMatchObject([{ evidence: { verdict: "dedicated-worse" } }]);
  });

  test("holds the pool's growth, and brakes nothing, where the list is at fault", async () => {
    const quality = await sampled({ delivered: 180, blocked: 20 }, { delivered: 180, deferred: 20 });
    await quality.run();
    expect(await brakesOf(quality)).toEqual([]);
    expect(quality.walls.of("news")?.wall).toMatchObject({ level: "hold-growth", cause: "list" });
  });

  test("that fails at the samples judges the walls all the same", async () => {
    const quality = await sampled({ delivered: 100, bounced: 100 }, { delivered: 200 });
    quality.evidence.read = down;
    await expect(quality.run()).rejects.toThrow();
    expect(quality.walls.of("news")?.wall).toMatchObject({ level: "no-overflow", cause: "bounces" });
  });
});
