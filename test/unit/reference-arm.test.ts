import { describe, expect, test } from "vitest";
import { type Arm, armOf, parseStreamArm, streamArmText } from "../../shared/domain/feedback/arm.ts";
import { noOutcomes, type OutcomeCounts, type OutcomeReading } from "../../shared/domain/feedback/outcome-counts.ts";
import { compareArms, isFaultOfIps, listFault } from "../../shared/domain/quality/reference-arm.ts";
import type { RouteKind } from "../../shared/domain/routing/route.ts";
import type { Stream } from "../../shared/domain/routing/stream.ts";
import { dayMs } from "../../shared/domain/utc-day.ts";
import { allowanceAt, aPool, aRecord, minuteMs, noonMs, today } from "../support/builders.ts";
import { down, TestDispatcher } from "../support/dispatcher.ts";
import { TestFeedback } from "../support/feedback.ts";
import { TestQuality } from "../support/quality.ts";
import { aDelay, anEvent } from "../support/ses-events.ts";

const share = 0.5;

/** Business ids of one arm. */
function idsIn(arm: Arm, count: number): string[] {
  const ids = Array.from({ length: 1_000 }, (_unused, index) => `order-${index}`);
  return ids.filter((id) => armOf(id, share) === arm).slice(0, count);
}
const [trialId = "", secondTrialId = ""] = idsIn("trial", 2);
const [controlId = ""] = idsIn("control", 1);
const [usualId = ""] = idsIn("none", 1);

/** A dispatcher of a stream with samples, and room for ten at gmail on warming IPs. */
function sampling(stream: Partial<Stream> = {}): TestDispatcher {
  const dispatcher = new TestDispatcher({ referenceShare: share, ...stream }, [aPool()]);
  dispatcher.allowances.grant(allowanceAt("gmail"), 10);
  return dispatcher;
}
const sentBy = ({ sender }: TestDispatcher) =>
  sender.calls.map(({ route, tags }) => [route.configurationSet, tags["sw-arm"]]);

describe("the samples", () => {
  test("the control keeps off warming IPs, the trial does not; both are tagged", async () => {
    const dispatcher = sampling();
    for (const id of [trialId, controlId, usualId]) await dispatcher.dispatch(aRecord({ id }));
    expect(sentBy(dispatcher)).toEqual([
      ["news-warming", "trial"],
      ["shared", "control"],
      ["news-warming", undefined],
    ]);
  });

  test("the control takes the pool's own established IPs first", async () => {
    const dispatcher = sampling();
    dispatcher.allowances.grant(allowanceAt("gmail", "established"), 10);
    await dispatcher.dispatch(aRecord({ id: controlId }));
    expect(sentBy(dispatcher)).toEqual([["news-established", "control"]]);
  });

  test("the control does not wait: of a stream that holds it leaves by shared IPs at once", async () => {
    const dispatcher = sampling({ whenFull: "hold" });
    await dispatcher.dispatch(aRecord({ id: controlId }));
    expect(sentBy(dispatcher)).toEqual([["shared", "control"]]);
  });

  test("the control of a stream without shared IPs falls back to warming ones, and shows nothing then", async () => {
    const dispatcher = sampling({ sharedAllowed: false });
    await dispatcher.dispatch(aRecord({ id: controlId }));
    expect(sentBy(dispatcher)).toEqual([["news-warming", undefined]]);
  });

  test("a control by another pool's IPs shows nothing", async () => {
    const dispatcher = new TestDispatcher({ referenceShare: share }, [
      aPool({ overflowTo: "alerts" }),
      aPool({ name: "alerts", ips: ["192.0.2.2"] }),
    ]);
    dispatcher.allowances.grant(allowanceAt("gmail", "established", "alerts"), 10);
    await dispatcher.dispatch(aRecord({ id: controlId }));
    expect(sentBy(dispatcher)).toEqual([["alerts-established", undefined]]);
  });

  test("behind a wall the control keeps to what is left", async () => {
    const dispatcher = sampling();
    dispatcher.walls.raise("no-overflow");
    expect(await dispatcher.kinds(aRecord({ id: controlId }))).toEqual(["held"]);
  });

  test("there are none without a pool, and none with a share of 0", async () => {
    for (const stream of [{ pool: undefined }, { referenceShare: 0 }]) {
      const dispatcher = sampling(stream);
      for (const id of [trialId, controlId]) await dispatcher.dispatch(aRecord({ id }));
      expect(dispatcher.sender.calls.map(({ tags }) => tags["sw-arm"])).toEqual([undefined, undefined]);
    }
  });

  test("a trial that is held ranks by chance, whoever it is for; other mail by engagement", async () => {
    const dispatcher = sampling({ whenFull: "hold" });
    dispatcher.allowances.grant(allowanceAt("gmail"), 0);
    const engagement = { lastEngagedAt: new Date(noonMs - minuteMs).toISOString() };
    await dispatcher.dispatch(...[trialId, secondTrialId, usualId].map((id) => aRecord({ id, engagement })));
    const priorities = new Map(dispatcher.held.all.map(({ id, priority }) => [id, priority]));
    expect(priorities.get(usualId)).toBe(noonMs - minuteMs);
    const drawn = [trialId, secondTrialId].map((id) => priorities.get(id) ?? 0);
    expect(drawn[0]).not.toBe(drawn[1]);
    for (const priority of drawn) {
      expect(priority).toBeLessThanOrEqual(noonMs);
      expect(priority).toBeGreaterThan(noonMs - 180 * dayMs);
    }
  });
});

describe("what comes back of the samples", () => {
  test("is kept apart, and adds up with the rest", async () => {
    const feedback = new TestFeedback();
    const tagged = (arm: string) => ({ tags: { "sw-arm": [arm] } });
    await feedback.apply(
      anEvent("Delivery", {}, tagged("trial")),
      anEvent("Delivery", {}, { ...tagged("control"), to: ["bob@gmail.com"] }),
      anEvent("Delivery", {}, { ...tagged("other"), to: ["carl@gmail.com"] }),
      anEvent("Delivery", {}, { to: ["dora@gmail.com"] }),
    );
    const readings = await feedback.outcomes.read("news", today);
    const found = readings.map(({ key: { stream, arm }, counts }) => [stream, arm, counts.delivered]);
    expect(found.toSorted()).toEqual([
      ["news", "control", 1],
      ["news", "none", 2],
      ["news", "trial", 1],
    ]);
  });

  test("counts for the brakes like all other mail", async () => {
    const feedback = new TestFeedback();
    const delay = aDelay("IPFailure");
    await feedback.apply({ ...delay, mail: { ...delay.mail, tags: { ...delay.mail.tags, "sw-arm": ["trial"] } } });
    const answersOf = await feedback.knownAnswers.latest("news", feedback.clock.nowMs());
    expect((await feedback.outcomes.read("news", today)).map(({ key }) => key.arm)).toEqual(["trial"]);
    expect(answersOf("gmail", "warming").today).toMatchObject([{ answers: 1, refused: { throttled: 1 } }]);
  });

  test.each(["none", "trial", "control"] as const)("in arm %s is read as it was written", (arm) => {
    expect(parseStreamArm(streamArmText("news", arm))).toEqual({ stream: "news", arm });
  });

  test("from before there were arms is in none", () => {
    expect(parseStreamArm("news")).toEqual({ stream: "news", arm: "none" });
  });
});

function reading(arm: Arm, route: RouteKind, counts: Partial<OutcomeCounts>): OutcomeReading {
  const key = { pool: "news", stream: "news", arm, route, provider: "gmail", day: today };
  return { key, counts: { ...noOutcomes, ...counts } };
}

/** So many of 200 refused on each side. */
const refused = (trial: number, control: number): OutcomeReading[] => [
  reading("trial", "warming", { delivered: 200 - trial, blocked: trial }),
  reading("control", "shared", { delivered: 200 - control, deferred: control }),
];

describe("the verdict", () => {
  test.each([
    [0, 20, "dedicated-better"],
    [20, 0, "dedicated-worse"],
    [4, 6, "no-difference-seen"],
    [20, 20, "no-difference-seen"],
  ])("with %i and %i of 200 refused is %s", (trial, control, verdict) => {
    expect(compareArms(refused(trial, control)).verdict).toBe(verdict);
  });

  test("is not yet known below 100 answers on either side", () => {
    const few = reading("trial", "warming", { delivered: 50, blocked: 49 });
    const many = reading("control", "shared", { delivered: 500 });
    expect(compareArms([few, many])).toMatchObject({ verdict: "not-yet-known", trial: { hits: 49, total: 99 } });
    expect(compareArms([few, reading("trial", "warming", { delivered: 1 }), many]).verdict).toBe("dedicated-worse");
    expect(compareArms([])).toMatchObject({ verdict: "not-yet-known", trial: { low: 0, high: 1 } });
  });

  test("comes with both intervals, in figures and in words", () => {
    const { trial, control, why } = compareArms(refused(20, 0));
    expect(trial).toMatchObject({ hits: 20, total: 200 });
    expect([trial.low, trial.high, control.low, control.high].map((bound) => bound.toFixed(3))).toEqual([
      "0.070",
      "0.140",
      "0.000",
      "0.013",
    ]);
    expect(why).toMatch(
      /^refused on warming IPs 20 of 200 \(7\.\d+ % to 14\.\d+ %\), on others 0 of 200 \(0 % to 1\.3/,
    );
  });

  test("takes only trial mail by warming IPs and control mail by others", () => {
    const others = [
      reading("none", "warming", { blocked: 900 }),
      reading("trial", "shared", { blocked: 900 }),
      reading("control", "warming", { blocked: 900 }),
    ];
    expect(compareArms([...refused(4, 6), ...others])).toEqual(compareArms(refused(4, 6)));
  });

  test("is the IPs' fault when they alone are refused, by more than 2 %", () => {
    expect(isFaultOfIps(compareArms(refused(20, 0)))).toBe(true);
    expect(isFaultOfIps(compareArms(refused(20, 20)))).toBe(false);
    const little = [
      reading("trial", "warming", { delivered: 9_900, blocked: 100 }),
      reading("control", "shared", { delivered: 10_000 }),
    ];
    expect(compareArms(little).verdict).toBe("dedicated-worse");
    expect(isFaultOfIps(compareArms(little))).toBe(false);
  });

  test("is the list's fault when both sides are refused, or both bounce", () => {
    expect(listFault(refused(20, 20), false)).toMatch(/^refusals on warming IPs 20 of 200 .* the list's fault$/);
    expect(listFault(refused(20, 2), false)).toBeUndefined();
    const bouncing = refused(0, 0).map(({ key }) => ({ key, counts: { ...noOutcomes, delivered: 180, bounced: 20 } }));
    expect(listFault(bouncing, false)).toMatch(/^bounces on warming IPs/);
  });

  test("that stands is lifted only clearly below the limit", () => {
    // At least 1.8 % on the one side.
    const readings = [
      reading("trial", "warming", { delivered: 975, blocked: 25 }),
      reading("control", "shared", { delivered: 950, blocked: 50 }),
    ];
    expect(listFault(readings, false)).toBeUndefined();
    expect(listFault(readings, true)).toBeDefined();
  });
});

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
