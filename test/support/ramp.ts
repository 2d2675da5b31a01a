import type { ClockPorts } from "../../shared/app/clock/trust-clock.ts";
import { rampDay } from "../../shared/app/ramp/ramp-day.ts";
import type { RampResult } from "../../shared/app/ramp/ramp-pool.ts";
import type { RampPorts } from "../../shared/app/ramp/ramp-ports.ts";
import type { OutcomeCounts } from "../../shared/domain/feedback/outcome-counts.ts";
import type { Pool } from "../../shared/domain/routing/pool.ts";
import type { DedicatedRouteKind } from "../../shared/domain/routing/route.ts";
import type { AllowanceKey } from "../../shared/domain/sending/allowance.ts";
import { dayAfter, dayMs, type UtcDay } from "../../shared/domain/utc-day.ts";
import { changeLifeCycle, type LifeCycleChange } from "../../shared/domain/warm-up/life-cycle-changes.ts";
import { sesDefaultPool } from "../../shared/domain/warm-up/placement.ts";
import type { RecordedDecision } from "../../shared/ports/ramp-record.ts";
import { aPool, today } from "./builders.ts";
import { down } from "./dispatcher.ts";
import { ManualClock } from "./fakes/manual-clock.ts";
import { MemoryAllowances } from "./fakes/memory-allowances.ts";
import { MemoryAudit } from "./fakes/memory-audit.ts";
import { MemoryBrakes } from "./fakes/memory-brakes.ts";
import { MemoryDedicatedIps } from "./fakes/memory-dedicated-ips.ts";
import { MemoryDomainEvents } from "./fakes/memory-domain-events.ts";
import { MemoryLifeCycles } from "./fakes/memory-life-cycles.ts";
import { MemoryOutcomes } from "./fakes/memory-outcomes.ts";
import { MemoryProgress } from "./fakes/memory-progress.ts";
import { MemoryRampRecord } from "./fakes/memory-ramp-record.ts";
import { MemoryServiceClock } from "./fakes/memory-service-clock.ts";
import { MemoryWalls } from "./fakes/memory-walls.ts";
import { RecordingLog } from "./fakes/recording-log.ts";
import { reserveAt } from "./reserve.ts";

const todayMs = Date.parse(`${today}T00:00:00Z`);

/** Part of a pool that a test looks at; the rest is gmail on warming IPs of the pool `news`. */
export interface Where {
  readonly provider?: string;
  readonly route?: DedicatedRouteKind;
  readonly pool?: string;
}

/** The ramp over fakes. Days are counted from `today`; the providers are gmail and other. */
export class TestRamp {
  readonly clock = new ManualClock(todayMs);
  readonly serviceClock = new MemoryServiceClock(this.clock);
  readonly allowances = new MemoryAllowances();
  readonly outcomes = new MemoryOutcomes();
  readonly record = new MemoryRampRecord();
  readonly lifeCycles = new MemoryLifeCycles();
  readonly progress = new MemoryProgress();
  readonly brakes = new MemoryBrakes();
  readonly audit = new MemoryAudit();
  readonly events = new MemoryDomainEvents();
  readonly walls = new MemoryWalls();
  readonly log = new RecordingLog();
  readonly ips: MemoryDedicatedIps;
  readonly pools: ReadonlyMap<string, Pool>;
  /** Ports that a test puts in the place of a fake. */
  instead: Partial<RampPorts> = {};

  /** @param sesPoolOf - one new IP unless told otherwise */
  constructor(sesPoolOf: Readonly<Record<string, string>> = { "192.0.2.1": sesDefaultPool }, pools = [aPool()]) {
    this.ips = new MemoryDedicatedIps(sesPoolOf);
    this.pools = new Map(pools.map((pool) => [pool.name, pool]));
  }

  get ports(): RampPorts & ClockPorts {
    const {
      clock,
      serviceClock,
      allowances,
      outcomes,
      record,
      lifeCycles,
      progress,
      brakes,
      walls,
      audit,
      events,
      log,
      ips,
    } = this;
    const ports = {
      clock,
      serviceClock,
      allowances,
      outcomes,
      record,
      lifeCycles,
      progress,
      brakes,
      walls,
      audit,
      events,
      log,
      ips,
    };
    return { ...ports, ...this.instead };
  }

  /** A run of the schedule. */
  run(day: number, hour = 0): Promise<ReadonlyMap<string, RampResult>> {
    const atMs = todayMs + day * dayMs + hour * 3_600_000;
    this.clock.atMs = Math.max(this.clock.atMs + 1, atMs);
    return rampDay(this.ports, { pools: this.pools, providers: ["gmail", "other"] }, atMs);
  }

  /** What the version before did on a machine whose clock is days ahead: a run, and the clock is right again. */
  async runAhead(day: number): Promise<void> {
    const { atMs } = this.clock;
    await this.run(day);
    this.clock.atMs = atMs;
  }

  day(day: number): UtcDay {
    return dayAfter(today, day);
  }

  limit(day: number, where: Where = {}): number | undefined {
    return this.allowances.of(this.#key(day, where))?.limit;
  }

  /** Sends so much, or what the allowance still has. */
  async send(day: number, recipients = Number.POSITIVE_INFINITY, where: Where = {}): Promise<number> {
    const key = this.#key(day, where);
    const { limit, used } = this.allowances.of(key) ?? { limit: 0, used: 0 };
    const room = Math.max(0, Math.min(recipients, limit - used));
    if (room > 0) await reserveAt(this.allowances, key, room);
    return room;
  }

  /** Gives back what was reserved and not sent. */
  async release(day: number, recipients: number, where: Where = {}): Promise<void> {
    const key = this.#key(day, where);
    await this.allowances.release(key, recipients, this.allowances.of(key)?.epoch ?? 0);
  }

  /** What SES's events say of a day's warming mail. */
  async answer(day: number, counts: Partial<OutcomeCounts>, where: Where = {}): Promise<void> {
    await this.outcomes.add(this.#key(day, where), counts);
  }

  /** What left by shared IPs. */
  async overflow(day: number, accepted: number): Promise<void> {
    await this.outcomes.add({ ...this.#key(day), route: "shared" }, { accepted });
  }

  /** Days in a row, each run once and used up. */
  async warm(from: number, to: number): Promise<void> {
    for (let day = from; day <= to; day += 1) {
      await this.run(day);
      await this.send(day);
    }
  }

  async decision(day: number, where: Where = {}): Promise<RecordedDecision | undefined> {
    const { pool, route, provider } = this.#key(day, where);
    const decisions = await this.record.decisions(pool, this.day(day), this.day(day));
    return decisions.find((each) => each.provider === provider && each.route === route);
  }

  async rule(day: number, where: Where = {}): Promise<string | undefined> {
    return (await this.decision(day, where))?.rule;
  }

  /** From now on a run dies when it opens a day; what it decided is on record by then. */
  openNoDay(): void {
    const { allowances } = this;
    this.instead = {
      allowances: {
        read: (keys) => allowances.read(keys),
        setLimit: (key, limit) => allowances.setLimit(key, limit),
        setBrake: (key, brake) => allowances.setBrake(key, brake),
        open: down,
      },
    };
  }

  /** What an operator does to the pool `news`; it must change something. */
  operator(day: number, change: Omit<LifeCycleChange, "day">): void {
    const result = changeLifeCycle(this.lifeCycles.of("news"), { ...change, day: this.day(day) });
    if (result.kind !== "changed") throw new Error(`expected a change: ${result.says}`);
    this.lifeCycles.change("news", { ...result.lifeCycle });
  }

  #key(day: number, { provider = "gmail", route = "warming", pool = "news" }: Where = {}): AllowanceKey {
    return { pool, route, provider, day: this.day(day) };
  }
}

/** A pool that warmed up for days 0 to 3; day 4 is open with 505. */
export async function warmedRamp(): Promise<TestRamp> {
  const ramp = new TestRamp();
  await ramp.warm(0, 3);
  await ramp.run(4);
  return ramp;
}

/** A pool whose established IPs, one unless told otherwise, send 400 a day; day 4 is open. */
export async function establishedRamp(ips: readonly string[] = ["192.0.2.1"]): Promise<TestRamp> {
  const ramp = new TestRamp(Object.fromEntries(ips.map((ip) => [ip, "news-established"])), [aPool({ ips })]);
  const known = ips.map((ip) => ({ ip, sesPool: "news-established", percentage: 100, since: ramp.day(-30) }));
  ramp.lifeCycles.change("news", { phase: "established", ips: known });
  for (const day of [0, 1, 2, 3]) {
    await ramp.run(day);
    await ramp.send(day, 400, { route: "established" });
  }
  await ramp.run(4);
  return ramp;
}
