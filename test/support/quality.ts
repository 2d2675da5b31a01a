import { judgeQuality } from "../../shared/app/quality/judge-quality.ts";
import type { QualityPorts, QualitySettings } from "../../shared/app/quality/quality-ports.ts";
import type { OutcomeCounts } from "../../shared/domain/feedback/outcome-counts.ts";
import { dayAfter } from "../../shared/domain/utc-day.ts";
import { aPool, aStream, noonMs, today } from "./builders.ts";
import { ManualClock } from "./fakes/manual-clock.ts";
import { MemoryAllowances } from "./fakes/memory-allowances.ts";
import { MemoryAudit } from "./fakes/memory-audit.ts";
import { MemoryBrakes } from "./fakes/memory-brakes.ts";
import { MemoryDomainEvents } from "./fakes/memory-domain-events.ts";
import { MemoryMetrics } from "./fakes/memory-metrics.ts";
import { MemoryOutcomes } from "./fakes/memory-outcomes.ts";
import { MemoryReferenceEvidence } from "./fakes/memory-reference-evidence.ts";
import { MemoryWalls } from "./fakes/memory-walls.ts";
import { RecordingLog } from "./fakes/recording-log.ts";
import type { SignsOf } from "./signs.ts";

/** The quality run over fakes, at noon, with the pools `news` and `shop`, a stream on each, and `alerts` without a pool. */
export class TestQuality {
  readonly clock = new ManualClock(noonMs);
  readonly outcomes = new MemoryOutcomes();
  readonly walls = new MemoryWalls();
  readonly evidence = new MemoryReferenceEvidence();
  readonly brakes = new MemoryBrakes();
  readonly allowances = new MemoryAllowances();
  readonly audit = new MemoryAudit();
  readonly events = new MemoryDomainEvents();
  readonly metrics = new MemoryMetrics();
  readonly log = new RecordingLog();
  settings: QualitySettings;
  /** Ports that a test puts in the place of a fake. */
  instead: Partial<QualityPorts> = {};

  constructor() {
    const pools = ["news", "shop"].map((name) => aPool({ name }));
    const streams = [
      aStream(),
      aStream({ name: "offers", pool: "shop" }),
      aStream({ name: "alerts", pool: undefined }),
    ];
    this.settings = {
      pools: new Map(pools.map((pool) => [pool.name, pool])),
      streams: new Map(streams.map((stream) => [stream.name, stream])),
    };
  }

  get ports(): QualityPorts {
    const { clock, outcomes, walls, evidence, brakes, allowances, audit, events, metrics, log } = this;
    return { clock, outcomes, walls, evidence, brakes, allowances, audit, events, metrics, log, ...this.instead };
  }

  run(): Promise<void> {
    return judgeQuality(this.ports, this.settings);
  }

  /** What SES's events say of mail that was admitted some days ago; to yahoo, by warming IPs of pool `news`. */
  async answer(counts: Partial<OutcomeCounts>, ago = 0, where: Partial<SignsOf> = {}): Promise<void> {
    const usual = { pool: "news", route: "warming", provider: "yahoo", day: dayAfter(today, -ago) } as const;
    await this.outcomes.add({ ...usual, ...where }, counts);
  }

  /** Time goes on to the next run. */
  async next(minutes = 10): Promise<void> {
    this.clock.advance(minutes * 60_000);
    await this.run();
  }
}
