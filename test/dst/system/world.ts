import { allowanceAttribute, openedAllowance } from "../../../shared/adapters/dynamo/allowance-item.ts";
import { DynamoAllowanceLedger } from "../../../shared/adapters/dynamo/allowance-ledger.ts";
import { tableKeys } from "../../../shared/adapters/dynamo/table-keys.ts";
import type { Wall, WallLevel, WallRecord } from "../../../shared/domain/quality/wall.ts";
import { mailboxProviderGroup } from "../../../shared/domain/routing/mailbox-provider.ts";
import type { AllowanceKey } from "../../../shared/domain/sending/allowance.ts";
import type { LogFields } from "../../../shared/ports/log.ts";
import type { Item } from "../aws/attribute-values.ts";
import { DynamoService } from "../aws/dynamo-service.ts";
import { SesEvents } from "../aws/ses-events.ts";
import { type Refusal, type SesCall, SesService, type SesTrouble } from "../aws/ses-service.ts";
import { SqsService } from "../aws/sqs-service.ts";
import { Complaints } from "../check/complaints.ts";
import { Evidence } from "../check/evidence.ts";
import type { Stage } from "../engine/client.ts";
import { stamp } from "../engine/describe.ts";
import type { Faults } from "../engine/faults.ts";
import { type Handler, SimulatedFunction } from "../engine/function.ts";
import { Instance } from "../engine/instance.ts";
import { Mapping } from "../engine/mapping.ts";
import type { Random } from "../engine/random.ts";
import type { Scheduler } from "../engine/scheduler.ts";
import type { AllClientSettings } from "./client-settings.ts";
import { type Services, type Surroundings, surroundingsOf, tableNames } from "./clients.ts";
import { configurationSets } from "./configuration.ts";
import type { Profile } from "./profile.ts";
import { Ramp } from "./ramp.ts";
import { consumedQueues, functionTimeoutMs } from "./settings.ts";
import { type Queues, queuesOf, simulatedTables, type Tables } from "./stores.ts";

/** The functions of one system under test, each made anew for an instance. */
export interface System {
  readonly dispatcher: (around: Surroundings) => Handler;
  readonly feedback: (around: Surroundings) => Handler;
  readonly release: (around: Surroundings) => Handler;
}

/** Part of the instances whose clock is wrong where some are. */
const wrongShare = 0.4;

/** Calls that leave everything as it is. */
const harmless = /^(Get|Query|BatchGet|ChangeMessageVisibility)/;

export interface WorldOptions {
  /** At the moment at which the history begins. */
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly faults: Faults;
  readonly profile: Profile;
  readonly system: System;
  readonly clients: AllClientSettings;
  readonly tell: ((line: string) => void) | undefined;
}

/** One deployment with its AWS account, in simulated time. */
export class World implements Stage {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly faults: Faults;
  readonly tell: ((line: string) => void) | undefined;
  readonly isDull: boolean;
  steps = 0;
  readonly profile: Profile;
  readonly evidence: Evidence;
  readonly queues: Queues;
  readonly tables: Tables;
  readonly ramp: Ramp;
  readonly complaints = new Complaints();
  readonly #release: SimulatedFunction;
  readonly #startMs: number;
  readonly #writes = new Map<string, { second: number; count: number }>();
  readonly #wrong: Instance[] = [];
  #isStormy = true;
  #refusal: Refusal | undefined;

  constructor(options: WorldOptions) {
    const { scheduler, random, faults, profile, tell } = options;
    this.scheduler = scheduler;
    this.random = random;
    this.faults = faults;
    this.profile = profile;
    this.isDull = profile.isDull;
    this.#startMs = scheduler.nowMs;
    this.tell = tell === undefined ? undefined : (line) => tell(`${stamp(scheduler.nowMs)} ${line}`);
    this.evidence = new Evidence(scheduler);
    this.queues = queuesOf(profile.maxReceives);
    this.tables = simulatedTables({ expiryLagMs: profile.expiryLagMs, isReplicated: profile.replicaLagMs > 0 });
    const services = this.#services();
    const ids = { instances: 0, invocations: 0 };
    const around = (instance: Instance): Surroundings => this.#around(instance, services, options.clients);
    const made = (name: keyof System): SimulatedFunction =>
      new SimulatedFunction(this, ids, {
        name,
        timeoutMs: functionTimeoutMs[name],
        start: (instance) => options.system[name](around(instance)),
        skewMs: () => Math.round(random.between(-profile.skewMs, profile.skewMs)),
        wrongMs: () => (this.#isStormy && profile.wrongMs !== 0 && random.chance(wrongShare) ? profile.wrongMs : 0),
      });
    const [dispatcher, feedback] = [made("dispatcher"), made("feedback")];
    this.#release = made("release");
    for (const [name, called] of [
      ["send", dispatcher],
      ["parked", dispatcher],
      ["feedback", feedback],
      ["proof", feedback],
    ] as const) {
      const worked = ({ body }: { readonly body: string }): void => {
        if (name === "proof") this.evidence.eventRead(body);
      };
      new Mapping(this, this.queues[name], { called, worked, settings: consumedQueues[name].mapping });
    }
    const start = () => {
      const instance = new Instance(scheduler, { id: 0, name: "ramp", skewMs: 0 });
      return { instance, ledger: ledgerOf(around(instance)) };
    };
    this.ramp = new Ramp({ scheduler, random, start, preset: (key, limit) => this.#preset(key, limit) });
  }

  /** Calls the release function, as its schedule does. */
  releaseHeld(): void {
    this.#release.invoke({}, () => {});
  }

  started(instance: Instance): void {
    if (instance.wrongMs === 0) return;
    this.faults.add();
    this.#wrong.push(instance);
  }

  called(instance: Instance, operation: string): void {
    if (instance.wrongMs === 0 || harmless.test(operation)) return;
    this.evidence.faults.push(`${instance.name} makes ${operation} by a clock that is ${instance.wrongMs} ms off`);
  }

  /** Nothing goes wrong from now on, clocks are right, and SES takes everything. */
  calm(): void {
    this.#isStormy = false;
    for (const instance of this.#wrong.splice(0)) instance.wrongMs = 0;
    this.faults.stop();
    this.tell?.("the storm is over");
  }

  /** The account's sending rate is on record, recipients a second: the dispatcher paces its calls by it. */
  presetRate(perSecond: number): void {
    this.tables.state.put({ ...tableKeys.sendRate(), perSecond: { N: String(perSecond) } }, this.scheduler.nowMs);
  }

  /** A stream's wall, or none, is on record. */
  putWall(stream: string, level: WallLevel | undefined): void {
    const record: WallRecord = { stream, pool: stream, wall: level && { ...wallOf(stream), level }, version: 1 };
    const item = { ...tableKeys.wall(stream), version: { N: "1" }, record: { S: JSON.stringify(record) } };
    this.tables.state.put(item, this.scheduler.nowMs);
    this.evidence.walls.put(stream, level);
    this.tell?.(`wall before ${stream}: ${level ?? "none"}`);
  }

  dropWalls(): void {
    for (const stream of this.evidence.walls.walled) this.putWall(stream, undefined);
  }

  /** SES refuses some mail for a while, though nothing else goes wrong. */
  refuse(refusal: Refusal): void {
    this.#refusal = refusal;
    this.tell?.(`SES begins to refuse: ${refusal.trouble}`);
  }

  #preset(key: AllowanceKey, limit: number): void {
    const itemKey = tableKeys.allowances(key, mailboxProviderGroup(key.provider));
    const before = this.tables.state.get(itemKey, this.scheduler.nowMs);
    const opened = { [allowanceAttribute(key.provider)]: openedAllowance(limit, {}) };
    const item = { ...itemKey, ...before, ...opened };
    this.tables.state.put(item, this.scheduler.nowMs);
    this.evidence.allowances.written(before, item, undefined);
  }

  #services(): Services {
    const nowMs = (): number => this.scheduler.nowMs;
    const { evidence, profile, queues, scheduler, random, faults } = this;
    const complained = (call: SesCall, isReal: boolean): void => this.complaints.told(call, isReal);
    const around = { scheduler, random, faults: profile.events, queues };
    const events = new SesEvents({ ...around, faulted: () => faults.add(), complained });
    const dynamo = new DynamoService({
      nowMs,
      tables: new Map(Object.entries(this.tables)),
      written: (write) => evidence.written(write),
      refused: (what) => void evidence.faults.push(what),
      isHot: (key) => this.#isHot(key),
      replicaLagMs: () => (this.#isStormy && random.chance(0.3) ? profile.replicaLagMs : 0),
      pageSize: () => (this.#isStormy ? profile.pageSize : undefined),
    });
    const ses = new SesService({
      nowMs,
      configurationSets,
      troubleOf: (call) => this.#troubleOf(call),
      begun: (call) => evidence.begun(call),
      accepted: (call) => {
        const messageId = evidence.accepted(call);
        events.publish(call, messageId);
        return messageId;
      },
    });
    const sqs = new SqsService(Object.values(queues), nowMs, (what) => void evidence.faults.push(what));
    return { dynamo, ses, sqs };
  }

  #around(instance: Instance, services: Services, settings: AllClientSettings): Surroundings {
    const { send, parked, quarantine } = this.queues;
    const urls = { send: send.url, parked: parked.url, quarantine: quarantine.url };
    const logged = (from: Instance, code: string, fields: LogFields): void =>
      this.evidence.logged(from.invocation, code, fields);
    return surroundingsOf({ stage: this, services, settings, urls, logged }, instance);
  }

  #troubleOf(call: SesCall): SesTrouble | undefined {
    const refusal = this.#refusal;
    if (refusal !== undefined && this.scheduler.nowMs < refusal.untilMs && refusal.meets(call)) return refusal.trouble;
    if (!this.#isStormy) return undefined;
    const sinceMs = this.scheduler.nowMs - this.#startMs;
    const found = this.profile.troubles.find(
      (each) =>
        sinceMs >= each.fromMs &&
        sinceMs < each.untilMs &&
        (each.configurationSet === undefined || each.configurationSet === call.configurationSet),
    );
    if (found !== undefined) this.faults.add();
    return found?.trouble;
  }

  /** An allowance item takes so many writes a second, and no more. */
  #isHot({ pk, sk }: Item): boolean {
    const { hotWrites } = this.profile;
    if (hotWrites === undefined || !this.#isStormy || pk?.S?.startsWith("allowance#") !== true) return false;
    const name = `${pk.S}/${sk?.S}`;
    const second = Math.floor(this.scheduler.nowMs / 1000);
    const seen = this.#writes.get(name);
    const count = seen?.second === second ? seen.count + 1 : 1;
    this.#writes.set(name, { second, count });
    if (count > hotWrites) this.faults.add();
    return count > hotWrites;
  }
}

function wallOf(stream: string): Omit<Wall, "level"> {
  return { stream, pool: stream, cause: "bounces", why: "simulated", sinceMs: 0 };
}

function ledgerOf({ clients, wait }: Surroundings): DynamoAllowanceLedger {
  return new DynamoAllowanceLedger(clients.tables, tableNames.state, wait);
}
