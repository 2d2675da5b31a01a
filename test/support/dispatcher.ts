import type { ClockPorts } from "../../shared/app/clock/trust-clock.ts";
import { dispatchBatch } from "../../shared/app/dispatch/dispatch-batch.ts";
import type { DispatchPorts, DispatchRecord, DispatchSettings } from "../../shared/app/dispatch/dispatch-ports.ts";
import { RecentCircuits } from "../../shared/app/dispatch/recent-circuits.ts";
import { SendPace } from "../../shared/app/dispatch/send-pace.ts";
import { Witnesses } from "../../shared/app/dispatch/witnesses.ts";
import { RecentWalls } from "../../shared/app/recent-walls.ts";
import { releaseHeld } from "../../shared/app/release/release-held.ts";
import type { ReleasePorts } from "../../shared/app/release/release-run.ts";
import type { Stream } from "../../shared/domain/routing/stream.ts";
import type { Outcome } from "../../shared/domain/sending/outcome.ts";
import { aPool, aStream, noonMs, settingsFor } from "./builders.ts";
import { CountingChance } from "./fakes/counting-chance.ts";
import { ManualClock } from "./fakes/manual-clock.ts";
import { MemoryAllowances } from "./fakes/memory-allowances.ts";
import { MemoryCircuits } from "./fakes/memory-circuits.ts";
import { MemoryClaims } from "./fakes/memory-claims.ts";
import { MemoryDeadAddresses } from "./fakes/memory-dead-addresses.ts";
import { MemoryHeldMail } from "./fakes/memory-held-mail.ts";
import { MemoryMailQueue } from "./fakes/memory-mail-queue.ts";
import { MemoryMetrics } from "./fakes/memory-metrics.ts";
import { MemoryProofs } from "./fakes/memory-proofs.ts";
import { MemoryQuarantine } from "./fakes/memory-quarantine.ts";
import { MemoryReceipts } from "./fakes/memory-receipts.ts";
import { MemorySendRates } from "./fakes/memory-send-rates.ts";
import { MemoryServiceClock } from "./fakes/memory-service-clock.ts";
import { MemoryWalls } from "./fakes/memory-walls.ts";
import { RecordingLog } from "./fakes/recording-log.ts";
import { ScriptedSender } from "./fakes/scripted-sender.ts";

/** A dispatcher over fakes, with the pool and stream `news`. */
export class TestDispatcher {
  readonly clock = new ManualClock(noonMs);
  readonly serviceClock = new MemoryServiceClock(this.clock);
  readonly chance = new CountingChance();
  readonly deadAddresses = new MemoryDeadAddresses();
  readonly claims = new MemoryClaims();
  readonly receipts = new MemoryReceipts();
  readonly proofs = new MemoryProofs();
  readonly allowances = new MemoryAllowances();
  readonly sender = new ScriptedSender();
  readonly quarantine = new MemoryQuarantine();
  readonly parking = new MemoryMailQueue();
  readonly sendQueue = new MemoryMailQueue();
  readonly held = new MemoryHeldMail();
  readonly walls = new MemoryWalls();
  readonly rates = new MemorySendRates();
  readonly circuits = new MemoryCircuits(this.rates);
  readonly metrics = new MemoryMetrics();
  readonly log = new RecordingLog();
  readonly recentCircuits = new RecentCircuits({ circuits: this.circuits, clock: this.clock, log: this.log });
  readonly witnesses = new Witnesses();
  readonly recentWalls = new RecentWalls({ walls: this.walls, clock: this.clock, log: this.log });
  /** The clock moves on while somebody waits. */
  readonly wait = async (ms: number): Promise<void> => this.clock.advance(ms);
  pace: SendPace;
  settings: DispatchSettings;
  /** Ports that a test puts in the place of a fake. */
  instead: Partial<DispatchPorts> = {};

  constructor(stream: Partial<Stream> = {}, pools = [aPool()]) {
    this.settings = settingsFor([aStream(stream)], pools);
    this.pace = this.newPace();
  }

  /** What a new environment keeps of the account's sending rate. @param most - environments at once */
  newPace(most = 1): SendPace {
    const { clock, wait, rates, recentCircuits: circuits, log } = this;
    return new SendPace({ clock, wait, rates, circuits, log }, most);
  }

  get ports(): DispatchPorts & ClockPorts {
    const { clock, serviceClock, chance, deadAddresses, claims, receipts, proofs, allowances } = this;
    const {
      pace,
      sender,
      quarantine,
      parking,
      held,
      metrics,
      log,
      recentWalls: walls,
      recentCircuits: circuits,
      witnesses,
    } = this;
    const stores = { deadAddresses, claims, receipts, proofs, allowances, walls, circuits, witnesses };
    return {
      clock,
      serviceClock,
      chance,
      ...stores,
      pace,
      sender,
      quarantine,
      parking,
      held,
      metrics,
      log,
      ...this.instead,
    };
  }

  /** Those of a new environment: nothing is known from before. */
  get releasePorts(): ReleasePorts {
    const { clock, held, allowances, sendQueue, log } = this;
    const walls = new RecentWalls({ walls: this.walls, clock, log });
    const circuits = new RecentCircuits({ circuits: this.circuits, clock, log });
    return { clock, held, allowances, walls, circuits, sendQueue, log };
  }

  /** One run of release, with 50 s to go. @returns bodies of what it put back */
  async release(instead: Partial<ReleasePorts> = {}, deadlineMs = this.clock.nowMs() + 50_000): Promise<string[]> {
    const before = this.sendQueue.messages.length;
    await releaseHeld({ ...this.releasePorts, ...instead }, this.settings, deadlineMs);
    return this.sendQueue.messages.slice(before).map(({ body }) => body);
  }

  /** Works a batch with 30 s to go. @returns outcomes in the order of the records */
  async dispatch(...records: DispatchRecord[]): Promise<Outcome[]> {
    return this.dispatchUntil(this.clock.nowMs() + 30_000, ...records);
  }

  /** Works a batch until a deadline, epoch ms. */
  async dispatchUntil(deadlineMs: number, ...records: DispatchRecord[]): Promise<Outcome[]> {
    const outcomes = await dispatchBatch(this.ports, this.settings, records, deadlineMs);
    return records.map(({ recordId }) => {
      const outcome = outcomes.get(recordId);
      if (outcome === undefined) throw new Error(`${recordId} has no outcome`);
      return outcome;
    });
  }

  /** The kinds alone. */
  async kinds(...records: DispatchRecord[]): Promise<string[]> {
    return (await this.dispatch(...records)).map(({ kind }) => kind);
  }
}

/** A port call that fails. */
export const down = (): Promise<never> => Promise.reject(new Error("the store is down"));
