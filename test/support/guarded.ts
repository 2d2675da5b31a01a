import type { ClockPorts } from "../../shared/app/clock/trust-clock.ts";
import { checkGuard, type GuardPorts } from "../../shared/app/guard/check-guard.ts";
import { type RepairResult, repair } from "../../shared/app/guard/repair.ts";
import type { Finding, FindingCode } from "../../shared/domain/guard/finding.ts";
import { type GuardHold, type LifeCycle, newLifeCycle } from "../../shared/domain/warm-up/life-cycle.ts";
import type { Audit, AuditEntry } from "../../shared/ports/audit.ts";
import type { DedicatedIp, DedicatedIps } from "../../shared/ports/dedicated-ips.ts";
import type { LifeCycles } from "../../shared/ports/life-cycles.ts";
import { noonMs, today } from "./builders.ts";
import { ManualClock } from "./fakes/manual-clock.ts";
import { MemoryDomainEvents } from "./fakes/memory-domain-events.ts";
import { MemoryMailSettings } from "./fakes/memory-mail-settings.ts";
import { MemoryOutcomes } from "./fakes/memory-outcomes.ts";
import { MemorySendRates } from "./fakes/memory-send-rates.ts";
import { MemoryServiceClock } from "./fakes/memory-service-clock.ts";
import { RecordingLog } from "./fakes/recording-log.ts";

/** Life cycles by pool, with versions as the table keeps them. */
class KeptLifeCycles implements LifeCycles {
  readonly kept = new Map<string, LifeCycle>();
  writes = 0;
  /** Writes that come too late: somebody else was faster. */
  conflicts = 0;

  async read(pool: string): Promise<LifeCycle> {
    return this.kept.get(pool) ?? newLifeCycle(pool);
  }

  async write(changed: LifeCycle): Promise<boolean> {
    const { version } = await this.read(changed.pool);
    if (this.conflicts > 0) {
      this.conflicts -= 1;
      this.kept.set(changed.pool, { ...(await this.read(changed.pool)), paused: true, version: version + 1 });
    }
    if ((await this.read(changed.pool)).version !== changed.version) return false;
    this.writes += 1;
    this.kept.set(changed.pool, { ...changed, version: version + 1 });
    return true;
  }
}

class KeptAudit implements Audit {
  readonly entries: AuditEntry[] = [];

  async keep(entry: AuditEntry): Promise<void> {
    this.entries.push(entry);
  }

  async latest(pool: string, limit: number): Promise<readonly AuditEntry[]> {
    return this.entries.filter((entry) => entry.pool === pool).slice(-limit);
  }
}

/** Dedicated IPs that a test moves, edits and releases. */
class ChangingIps implements DedicatedIps {
  readonly listed = new Map<string, DedicatedIp>();
  readonly #settings: MemoryMailSettings;

  constructor(settings: MemoryMailSettings) {
    this.#settings = settings;
  }

  async list(): Promise<readonly DedicatedIp[]> {
    return [...this.listed.values()].map((each) => ({
      ...each,
      percentage: this.#settings.percentages.get(each.ip) ?? each.percentage,
    }));
  }

  async assign(ip: string, sesPool: string): Promise<void> {
    this.put(ip, sesPool);
  }

  put(ip: string, sesPool: string): void {
    const percentage = this.#settings.percentages.get(ip) ?? 100;
    this.listed.set(ip, { ip, sesPool, percentage });
  }
}

export const newsIp = "192.0.2.1";
export const shopIp = "192.0.2.2";

/** An account in which all is well: the pools `news` (warming) and `shop` (established), each with one IP on record. */
export class GuardedSystem {
  readonly clock = new ManualClock(noonMs);
  readonly serviceClock = new MemoryServiceClock(this.clock);
  readonly settings = new MemoryMailSettings(["news", "shop"]);
  readonly ips = new ChangingIps(this.settings);
  readonly outcomes = new MemoryOutcomes();
  readonly lifeCycles = new KeptLifeCycles();
  readonly audit = new KeptAudit();
  readonly events = new MemoryDomainEvents();
  readonly rates = new MemorySendRates();
  readonly log = new RecordingLog();
  readonly pools = new Map([
    ["news", { name: "news", ips: [newsIp] }],
    ["shop", { name: "shop", ips: [shopIp] }],
  ]);

  constructor() {
    this.#record("news", newsIp, "warming");
    this.#record("shop", shopIp, "established");
  }

  get ports(): GuardPorts & ClockPorts {
    const { clock, serviceClock, settings, ips, outcomes, lifeCycles, audit, events, rates, log } = this;
    return { clock, serviceClock, settings, ips, outcomes, lifeCycles, audit, events, rates, log };
  }

  check(): Promise<readonly Finding[]> {
    return checkGuard(this.ports, this.pools);
  }

  repair(code: FindingCode, pool?: string): Promise<RepairResult> {
    return repair(this.ports, this.pools, { code, pool, by: "operator" });
  }

  change(pool: string, by: Partial<LifeCycle>): void {
    this.lifeCycles.kept.set(pool, { ...(this.lifeCycles.kept.get(pool) ?? newLifeCycle(pool)), ...by });
  }

  async holds(pool: string): Promise<readonly GuardHold[]> {
    return (await this.lifeCycles.read(pool)).holds;
  }

  async codes(pool: string): Promise<string[]> {
    return (await this.holds(pool)).map(({ code }) => code).sort();
  }

  #record(pool: string, ip: string, phase: "warming" | "established"): void {
    const sesPool = `${pool}-${phase}`;
    this.ips.put(ip, sesPool);
    this.change(pool, { phase, ips: [{ ip, sesPool, percentage: 100, since: today }], version: 1 });
  }
}
