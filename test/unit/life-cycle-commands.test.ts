import { describe, expect, test } from "vitest";
import { WrongClockError } from "../../shared/app/clock/wrong-clock-error.ts";
import { changeWarmUp, type WarmUpChange } from "../../shared/app/life-cycle/change-warm-up.ts";
import {
  LifeCycleBusyError,
  NotInLineError,
  UnknownTargetError,
} from "../../shared/app/life-cycle/life-cycle-errors.ts";
import { byHandLimit } from "../../shared/domain/warm-up/ramp.ts";
import { aPool } from "../support/builders.ts";
import { down } from "../support/dispatcher.ts";
import { TestRamp } from "../support/ramp.ts";

/** A deployment on its second day: 100 on the first, 150 today. */
async function warming(ramp = new TestRamp()): Promise<TestRamp> {
  await ramp.warm(0, 0);
  await ramp.run(1);
  return ramp;
}

function change(ramp: TestRamp, action: WarmUpChange["action"], rest: Partial<WarmUpChange> = {}) {
  ramp.clock.advance(60_000);
  const settings = { pools: ramp.pools, providers: ["gmail", "other"] };
  return changeWarmUp(ramp.ports, settings, { action, pools: ["news"], by: "operator", ...rest });
}

describe("by a clock that is not the service's", () => {
  test.each([40, -1])("%d days off: nothing is changed, and the ramp goes on as before", async (days) => {
    const ramp = await warming();
    ramp.serviceClock.aheadMs = days * 86_400_000;
    await expect(change(ramp, "pause")).rejects.toThrow(WrongClockError);
    const audited = (await ramp.audit.latest("news", 100)).filter(({ by }) => by === "operator");
    expect([ramp.limit(1), audited]).toEqual([150, []]);
    await ramp.run(2);
    expect(ramp.limit(2)).toBeDefined();
  });

  test("a name that nobody knows is still told first", async () => {
    const ramp = await warming();
    ramp.serviceClock.aheadMs = 86_400_000;
    await expect(change(ramp, "pause", { pools: ["nws"] })).rejects.toThrow(UnknownTargetError);
  });
});

describe("a change", () => {
  test("takes effect before it returns, and is audited", async () => {
    const ramp = await warming();
    expect(ramp.limit(1)).toBe(150);
    const says = "pool news is paused: nothing leaves by its warming IPs";
    expect(await change(ramp, "pause")).toEqual([{ pool: "news", result: "changed", says }]);
    expect([ramp.limit(1), await ramp.rule(1)]).toEqual([0, "paused"]);
    expect(await ramp.audit.latest("news", 100)).toContainEqual({
      atMs: ramp.clock.atMs,
      by: "operator",
      pool: "news",
      provider: undefined,
      action: "pause",
      says,
    });
  });

  test.each(["pause", "restart", "complete", "disable"] as const)(
    "%s repeated changes nothing more",
    async (action) => {
      const ramp = await warming();
      await change(ramp, action);
      const [limit, audited] = [ramp.limit(1), ramp.audit.says.length];
      expect(await change(ramp, action)).toMatchObject([{ pool: "news", result: "unchanged" }]);
      expect([ramp.limit(1), ramp.audit.says.length]).toEqual([limit, audited]);
    },
  );

  test("pause and resume end where they began", async () => {
    const ramp = await warming();
    await change(ramp, "pause");
    await change(ramp, "resume");
    expect([ramp.limit(1), await ramp.rule(1)]).toEqual([150, "grow"]);
  });

  test("restart goes back to day one the same day", async () => {
    const ramp = await warming();
    await change(ramp, "restart");
    expect(ramp.limit(1)).toBe(100);
    expect(ramp.lifeCycles.of("news").since).toBe(ramp.day(1));
  });

  test("complete moves the IPs to the established SES pool, restart moves them back", async () => {
    const ramp = await warming();
    await change(ramp, "complete");
    expect(ramp.ips.moves.at(-1)).toBe("192.0.2.1 -> news-established");
    expect([ramp.limit(1), (ramp.limit(1, { route: "established" }) ?? 0) > 0]).toEqual([0, true]);
    await change(ramp, "restart");
    expect(ramp.ips.moves.at(-1)).toBe("192.0.2.1 -> news-warming");
    expect([ramp.limit(1), ramp.limit(1, { route: "established" })]).toEqual([100, 0]);
  });

  test("disable limits nothing, enable limits again", async () => {
    const ramp = await warming();
    await change(ramp, "disable");
    expect(ramp.limit(1)).toBe(byHandLimit);
    await change(ramp, "enable");
    expect(ramp.limit(1)).toBe(150);
  });

  test("of one provider leaves the others alone", async () => {
    const ramp = await warming();
    await change(ramp, "pause", { provider: "gmail" });
    expect([ramp.limit(1), ramp.limit(1, { provider: "other" })]).toEqual([0, 100]);
    expect((await ramp.audit.latest("news", 100)).find(({ action }) => action === "pause")?.provider).toBe("gmail");
  });

  test("that makes no sense is refused with what to do, and leaves no trace", async () => {
    const ramp = await warming();
    await change(ramp, "complete");
    const audited = ramp.audit.says.length;
    const [refused] = await change(ramp, "start");
    expect(refused).toEqual({
      pool: "news",
      result: "refused",
      says: "pool news is established: restart it to warm it up again",
    });
    expect(ramp.audit.says).toHaveLength(audited);
  });

  test("of one IP warms it up again beside the others", async () => {
    const ips = ["192.0.2.1", "192.0.2.2"];
    const ramp = new TestRamp(Object.fromEntries(ips.map((ip) => [ip, "ses-default-dedicated-pool"])), [
      aPool({ ips }),
    ]);
    await warming(ramp);
    await change(ramp, "complete");
    expect(await change(ramp, "restart", { ip: "192.0.2.2" })).toMatchObject([{ result: "changed" }]);
    expect(ramp.ips.moves.at(-1)).toBe("192.0.2.2 -> news-warming");
    expect([ramp.limit(1), (ramp.limit(1, { route: "established" }) ?? 0) > 0]).toEqual([100, true]);
    expect(await change(ramp, "pause", { ip: "192.0.2.2" })).toMatchObject([{ result: "refused" }]);
  });

  test("of several pools answers for each", async () => {
    const pools = [aPool(), aPool({ name: "b", ips: ["192.0.2.2"] })];
    const ramp = new TestRamp({ "192.0.2.1": "ses-default-dedicated-pool" }, pools);
    await ramp.run(0);
    const results = await change(ramp, "complete", { pools: ["news", "b"] });
    expect(results.map(({ pool, result }) => `${pool} ${result}`)).toEqual(["news changed", "b refused"]);
  });
});

describe("names that are not known are told with those that are, before anything is changed", () => {
  test.each([
    ["a pool", { pools: ["news", "nws"] }, "nws is not a pool: expected one of news"],
    ["a provider", { provider: "gmial" }, "gmial is not a mailbox provider: expected one of gmail, other"],
    ["an IP", { ip: "192.0.2.9" }, "192.0.2.9 is not an IP of pool news: expected one of 192.0.2.1"],
  ])("%s", async (_what, rest, sentence) => {
    const ramp = await warming();
    const before = ramp.lifeCycles.of("news");
    await expect(change(ramp, "restart", rest)).rejects.toThrow(UnknownTargetError);
    await expect(change(ramp, "restart", rest)).rejects.toThrow(sentence);
    expect(ramp.lifeCycles.of("news")).toEqual(before);
  });
});

describe("others at work", () => {
  test("a life cycle that changes meanwhile is read again", async () => {
    const ramp = await warming();
    ramp.lifeCycles.beforeWrite = () => {
      ramp.lifeCycles.beforeWrite = () => {};
      ramp.lifeCycles.change("news", { holds: [{ code: "ip-moved", sentence: "moved.", since: ramp.day(1) }] });
    };
    expect(await change(ramp, "pause")).toMatchObject([{ result: "changed" }]);
    expect(ramp.lifeCycles.of("news")).toMatchObject({ paused: true, holds: [{ code: "ip-moved" }] });
  });

  test("after three tries the operator is told to repeat", async () => {
    const ramp = await warming();
    ramp.lifeCycles.beforeWrite = () => ramp.lifeCycles.change("news", {});
    await expect(change(ramp, "pause")).rejects.toThrow(LifeCycleBusyError);
  });

  test("a change that is kept while SES is silent says so, and repeating it brings the day in line", async () => {
    const ramp = await warming();
    ramp.instead = { ips: { list: down, assign: down } };
    await expect(change(ramp, "pause")).rejects.toThrow(NotInLineError);
    await expect(change(ramp, "pause")).rejects.toThrow(/the change is kept.*repeat the command/);
    expect(ramp.limit(1)).toBe(150);
    ramp.instead = {};
    expect(await change(ramp, "pause")).toMatchObject([{ result: "unchanged" }]);
    expect(ramp.limit(1)).toBe(0);
  });
});
