import { describe, expect, test } from "vitest";
import { type Arm, armOf } from "../../shared/domain/feedback/arm.ts";
import type { Stream } from "../../shared/domain/routing/stream.ts";
import { dayMs } from "../../shared/domain/utc-day.ts";
import { allowanceAt, aPool, aRecord, minuteMs, noonMs } from "../support/builders.ts";
import { TestDispatcher } from "../support/dispatcher.ts";

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
