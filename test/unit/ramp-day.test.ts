import { describe, expect, test } from "vitest";
import { type RampPorts, rampDay } from "../../shared/app/ramp/ramp-day.ts";
import { dayMs, utcDay } from "../../shared/domain/utc-day.ts";
import { allowanceAt, aPool, today } from "../support/builders.ts";
import { down } from "../support/dispatcher.ts";
import { MemoryAllowances } from "../support/fakes/memory-allowances.ts";
import { MemoryDedicatedIps } from "../support/fakes/memory-dedicated-ips.ts";
import { MemoryOutcomes } from "../support/fakes/memory-outcomes.ts";
import { MemoryRampRecord } from "../support/fakes/memory-ramp-record.ts";
import { RecordingLog } from "../support/fakes/recording-log.ts";

const todayMs = Date.parse(`${today}T00:00:00Z`);
const at = (daysLater: number) => todayMs + daysLater * dayMs;
const dayAt = (daysLater: number) => utcDay(at(daysLater));

class TestRamp {
  readonly allowances = new MemoryAllowances();
  readonly outcomes = new MemoryOutcomes();
  readonly record = new MemoryRampRecord();
  readonly log = new RecordingLog();
  readonly ips: MemoryDedicatedIps;
  readonly pools;
  instead: Partial<RampPorts> = {};

  constructor(sesPoolOf: Record<string, string> = { "192.0.2.1": "news-warming" }, pools = [aPool()]) {
    this.ips = new MemoryDedicatedIps(sesPoolOf);
    this.pools = new Map(pools.map((pool) => [pool.name, pool]));
  }

  run(scheduledAtMs: number): Promise<void> {
    const { allowances, outcomes, record, log, ips } = this;
    const ports = { allowances, outcomes, record, log, ips, ...this.instead };
    return rampDay(ports, { pools: this.pools, providers: ["gmail", "other"] }, scheduledAtMs);
  }

  /** The day's allowance of a pool at gmail. */
  allowance(daysLater: number, pool = "news"): number | undefined {
    return this.allowances.of({ ...allowanceAt("gmail", "warming", pool), day: dayAt(daysLater) })?.limit;
  }

  async useAll(daysLater: number): Promise<void> {
    const key = { ...allowanceAt("gmail"), day: dayAt(daysLater) };
    await this.allowances.reserve(key, this.allowances.of(key)?.limit ?? 1);
  }

  async rule(daysLater: number): Promise<string | undefined> {
    const decisions = await this.record.decisions("news", dayAt(daysLater), dayAt(daysLater));
    return decisions.find(({ provider }) => provider === "gmail")?.rule;
  }
}

describe("the ramp's day", () => {
  test("opens an allowance for each provider, with its reason on record", async () => {
    const ramp = new TestRamp();
    await ramp.run(at(0));
    expect(ramp.allowance(0)).toBe(100);
    const decisions = await ramp.record.decisions("news", today, today);
    expect(decisions.map(({ provider, allowance, rule }) => `${provider} ${allowance} ${rule}`)).toEqual([
      "gmail 100 start",
      "other 100 start",
    ]);
  });

  test("grows what was used, and only that", async () => {
    const ramp = new TestRamp();
    await ramp.run(at(0));
    await ramp.useAll(0);
    await ramp.run(at(1));
    expect(ramp.allowance(1)).toBe(150);
    expect(ramp.allowances.of({ ...allowanceAt("other"), day: dayAt(1) })?.limit).toBe(100);
  });

  test("holds after refusals", async () => {
    const ramp = new TestRamp();
    await ramp.run(at(0));
    await ramp.useAll(0);
    await ramp.outcomes.add({ ...allowanceAt("gmail"), day: today }, { deferred: 3 });
    await ramp.run(at(1));
    expect([ramp.allowance(1), await ramp.rule(1)]).toEqual([100, "hold-refused"]);
  });

  test("refusals of shared and established mail do not count against warming IPs", async () => {
    const ramp = new TestRamp();
    await ramp.run(at(0));
    await ramp.useAll(0);
    for (const route of ["shared", "established"] as const) {
      await ramp.outcomes.add({ ...allowanceAt("gmail"), route, day: today }, { blocked: 50 });
    }
    await ramp.run(at(1));
    expect(ramp.allowance(1)).toBe(150);
  });

  test("multiplies the plan by the pool's warming IPs", async () => {
    const ramp = new TestRamp({ "192.0.2.1": "news-warming", "192.0.2.2": "news-warming", "192.0.2.3": "b-warming" });
    await ramp.run(at(0));
    expect(ramp.allowance(0)).toBe(200);
  });

  test("gives established IPs up to the plan's target", async () => {
    const ramp = new TestRamp({ "192.0.2.1": "news-established", "192.0.2.2": "news-established" });
    await ramp.run(at(0));
    expect(ramp.allowances.of(allowanceAt("gmail", "established"))?.limit).toBe(2_000);
    expect(ramp.allowance(0)).toBeUndefined();
  });
});

describe("running again", () => {
  test("on the same day changes nothing", async () => {
    const ramp = new TestRamp();
    await ramp.run(at(0));
    await ramp.useAll(0);
    await ramp.run(at(0) + 3_600_000);
    expect(ramp.allowances.of(allowanceAt("gmail"))).toEqual({ limit: 100, used: 100, epoch: 1 });
  });

  test.each([2, 5, 30])("after %i days makes one step from the last day with an allowance", async (days) => {
    const ramp = new TestRamp();
    await ramp.run(at(0));
    await ramp.useAll(0);
    await ramp.run(at(days));
    expect(ramp.allowance(days)).toBe(150);
    expect(ramp.allowance(days - 1)).toBeUndefined();
  });

  test("late opens the day the schedule meant", async () => {
    const ramp = new TestRamp();
    await ramp.run(at(1) - 1);
    expect([ramp.allowance(0), ramp.allowance(1)]).toEqual([100, undefined]);
  });

  test("with an old retry is ignored: the later step stands", async () => {
    const ramp = new TestRamp();
    await ramp.run(at(3));
    await ramp.run(at(2));
    expect(ramp.allowance(2)).toBeUndefined();
    expect(await ramp.record.rampedDay("news")).toBe(dayAt(3));
  });

  test("after days without any IPs goes on from the last day with an allowance", async () => {
    const ramp = new TestRamp();
    await ramp.run(at(0));
    await ramp.useAll(0);
    ramp.instead = { ips: new MemoryDedicatedIps({}) };
    await ramp.run(at(1));
    ramp.instead = {};
    await ramp.run(at(2));
    expect(ramp.allowance(2)).toBe(150);
  });

  test("after a run that was cut short opens what is missing, and the reason on record is the allowance's own", async () => {
    const ramp = new TestRamp();
    await ramp.run(at(0));
    await ramp.useAll(0);
    const { allowances } = ramp;
    ramp.instead = {
      allowances: {
        read: (keys) => allowances.read(keys),
        open: (key, limit) => (key.provider === "other" ? down() : allowances.open(key, limit)),
      },
    };
    await expect(ramp.run(at(1))).rejects.toThrow();
    // What is known of yesterday changes before the next run.
    await ramp.outcomes.add({ ...allowanceAt("gmail"), day: today }, { blocked: 90 });
    ramp.instead = {};
    await ramp.run(at(1));
    expect([ramp.allowance(1), await ramp.rule(1)]).toEqual([150, "grow"]);
    expect(ramp.allowances.of({ ...allowanceAt("other"), day: dayAt(1) })?.limit).toBe(100);
  });
});

describe("dedicated IPs", () => {
  test("that SES keeps in its default pool are moved to their pool's warming IPs, and counted at once", async () => {
    const ramp = new TestRamp({ "192.0.2.1": "ses-default-dedicated-pool", "192.0.2.9": "ses-default-dedicated-pool" });
    await ramp.run(at(0));
    expect(ramp.ips.moves).toEqual(["192.0.2.1 -> news-warming"]);
    expect(ramp.allowance(0)).toBe(100);
  });

  test("that were moved elsewhere stay where they are", async () => {
    const ramp = new TestRamp({ "192.0.2.1": "by-hand" });
    await ramp.run(at(0));
    expect(ramp.ips.moves).toEqual([]);
    expect(ramp.allowance(0)).toBeUndefined();
  });

  test("that come in the course of a day wait for the next, so that the day's allowance fits its IPs", async () => {
    const ramp = new TestRamp();
    await ramp.run(at(0));
    ramp.instead = { ips: new MemoryDedicatedIps({ "192.0.2.1": "ses-default-dedicated-pool" }) };
    await ramp.run(at(0) + 3_600_000);
    expect(await ramp.instead.ips?.list()).toMatchObject([{ sesPool: "ses-default-dedicated-pool" }]);
  });

  test("that SES will not move do not keep the other pools from their day", async () => {
    const pools = [aPool({ ips: ["192.0.2.1"] }), aPool({ name: "b", ips: ["192.0.2.2"] })];
    const ramp = new TestRamp({ "192.0.2.1": "ses-default-dedicated-pool", "192.0.2.2": "b-warming" }, pools);
    ramp.instead = { ips: { list: () => ramp.ips.list(), assign: down } };
    await ramp.run(at(0)).catch(() => undefined);
    expect(ramp.allowance(0, "b")).toBe(100);
    expect(ramp.log.of("IP_NOT_ASSIGNED")).toHaveLength(1);
  });
});

test("a pool that fails does not stop the others, and the run fails for the alarm", async () => {
  const ramp = new TestRamp({ "192.0.2.1": "news-warming", "192.0.2.2": "b-warming" }, [aPool(), aPool({ name: "b" })]);
  const { record } = ramp;
  ramp.instead = {
    record: {
      rampedDay: (pool) => record.rampedDay(pool),
      markRamped: (pool, day) => record.markRamped(pool, day),
      decisions: (pool, from, to) => record.decisions(pool, from, to),
      keep: (decision) => (decision.pool === "news" ? down() : record.keep(decision)),
    },
  };
  await expect(ramp.run(at(0))).rejects.toThrow("1 of 2 pools were not ramped");
  expect([ramp.allowance(0), ramp.allowance(0, "b")]).toEqual([undefined, 100]);
  expect(await record.rampedDay("news")).toBeUndefined();
});
