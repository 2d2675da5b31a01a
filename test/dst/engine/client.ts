import type { Caller, Service } from "../aws/service.ts";
import { answerOf, brokenConnection, retryBaseOf, timeOut } from "./answers.ts";
import { type Command, throughMiddleware } from "./command.ts";
import { describeCall } from "./describe.ts";
import type { Faults } from "./faults.ts";
import type { Instance } from "./instance.ts";
import type { Random } from "./random.ts";
import type { Scheduler } from "./scheduler.ts";

/** What the SDK does on its own, as the product's clients are set. */
export interface ClientSettings {
  /** Attempts of one call. */
  readonly attempts: number;
  /** Time of one attempt, ms; undefined for no end. */
  readonly timeoutMs: number | undefined;
}

/** What all simulated things share. */
export interface Stage {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly faults: Faults;
  /** What is drawn elsewhere for variety is always the usual here. */
  readonly isDull: boolean;
  /** Decisions of the scheduler at which a fault may happen. */
  steps: number;
  /** Sees every instance, and every call that one makes. */
  started?(instance: Instance): void;
  called?(instance: Instance, operation: string): void;
  /** Writes a line of the history; undefined while nobody reads it. */
  readonly tell: ((line: string) => void) | undefined;
}

/** Stands for `AbortSignal.timeout`: the client ends the call itself. */
export interface SimulatedSignal {
  readonly timeoutMs: number;
}

/** An SDK client of one instance: attempts, time-outs and waits are the SDK's, the answers are the service's. */
export class SimulatedClient {
  readonly #stage: Stage;
  readonly #instance: Instance;
  readonly #service: Service;
  readonly #settings: ClientSettings;

  constructor(stage: Stage, instance: Instance, service: Service, settings: ClientSettings) {
    this.#stage = stage;
    this.#instance = instance;
    this.#service = service;
    this.#settings = settings;
  }

  send(command: Command, options?: { readonly abortSignal?: SimulatedSignal }): Promise<object> {
    return throughMiddleware(command, this.#stage.scheduler, () => this.#call(command, options));
  }

  #call(command: Command, options: { readonly abortSignal?: SimulatedSignal } | undefined): Promise<object> {
    return new Promise((resolve, reject) => {
      const call = new Call(this.#stage, this.#instance, this.#service, {
        settings: this.#settings,
        operation: command.constructor.name,
        input: command.input,
        abortMs: options?.abortSignal?.timeoutMs,
        resolve,
        reject,
      });
      call.begin();
    });
  }
}

interface Asked {
  readonly settings: ClientSettings;
  readonly operation: string;
  readonly input: object;
  readonly abortMs: number | undefined;
  readonly resolve: (answer: object) => void;
  readonly reject: (error: Error) => void;
}

/** How long a request or a reply is under way, ms. */
const [shortest, longest] = [1, 25];

/** A late request arrives this long after its caller gave up, at most, ms. */
const latestMs = 5_000;

class Call {
  readonly #stage: Stage;
  readonly #instance: Instance;
  readonly #service: Service;
  readonly #asked: Asked;
  readonly #caller: Caller;
  readonly #startMs: number;
  #attempt = 0;

  constructor(stage: Stage, instance: Instance, service: Service, asked: Asked) {
    this.#stage = stage;
    this.#instance = instance;
    this.#service = service;
    this.#asked = asked;
    this.#startMs = stage.scheduler.nowMs;
    this.#caller = { instance, invocation: instance.invocation };
    stage.called?.(instance, asked.operation);
    service.begun?.(asked.operation, asked.input, this.#caller);
  }

  /** One attempt. */
  begin(): void {
    const { scheduler, faults } = this.#stage;
    if (!this.#instance.isAlive) return;
    this.#attempt += 1;
    this.#stage.steps += 1;
    const fate = faults.fateOf(this.#service.name, this.#asked.operation);
    const beganMs = scheduler.nowMs;
    if (fate !== "answered") this.#tell(`${fate}`);
    switch (fate) {
      case "answered":
      case "killed-after":
      case "failed-after":
      case "frozen-after":
        this.#arrive(beganMs, this.#legMs(), fate);
        return;
      case "killed-before":
        this.#instance.kill();
        return;
      case "frozen-before":
        this.#instance.freeze(beganMs + faults.freezeMs());
        this.#instance.at(beganMs, () => this.#arrive(beganMs, this.#legMs(), fate));
        return;
      case "throttled":
      case "failed-before":
        this.#answer(beganMs, fate === "throttled" ? this.#service.throttling() : this.#service.failure());
        return;
      case "request-lost":
        this.#lose(beganMs);
        return;
      case "reply-lost":
        this.#arrive(beganMs, this.#legMs(), fate);
        this.#lose(beganMs);
        return;
      case "late": {
        const givesUpMs = this.#giveUpMs(beganMs) ?? beganMs;
        this.#lose(beganMs, true);
        this.#arrive(beganMs, givesUpMs - beganMs + this.#stage.random.between(0, latestMs), fate);
        return;
      }
      default:
        fate satisfies never;
    }
  }

  /** Plans the arrival at the service, and what follows from it. */
  #arrive(beganMs: number, legMs: number, fate: string): void {
    this.#stage.scheduler.after(legMs, () => {
      const isHeard = fate !== "reply-lost" && fate !== "late";
      const outcome = this.#carryOut(isHeard);
      if (fate === "killed-after") this.#instance.kill();
      if (fate === "frozen-after") this.#instance.freeze(this.#stage.scheduler.nowMs + this.#stage.faults.freezeMs());
      if (isHeard) this.#answer(beganMs, fate === "failed-after" ? this.#service.failure() : outcome);
    });
  }

  #carryOut(isHeard: boolean): object {
    const { operation, input } = this.#asked;
    let outcome: object;
    try {
      outcome = this.#service.handle(operation, input, this.#caller);
    } catch (error) {
      outcome = answerOf(error);
    }
    this.#tell(outcome instanceof Error ? outcome.name : isHeard ? "done" : "done, unheard");
    return outcome;
  }

  /** Brings an answer to the caller, unless it gives up before. */
  #answer(beganMs: number, outcome: object): void {
    const { scheduler } = this.#stage;
    const repliesMs = scheduler.nowMs + this.#legMs();
    const givesUpMs = this.#giveUpMs(beganMs);
    if (givesUpMs !== undefined && repliesMs > givesUpMs && this.#stage.random.chance(0.5)) {
      this.#instance.at(givesUpMs, () => this.#fail(timeOut()));
      return;
    }
    this.#instance.at(repliesMs, () => {
      if (outcome instanceof Error) {
        this.#fail(outcome);
        return;
      }
      this.#caller.learns?.(outcome);
      this.#asked.resolve(outcome);
    });
  }

  /** No reply comes: the connection breaks, or nothing is heard until the caller gives up. */
  #lose(beganMs: number, silently = false): void {
    const { random, scheduler } = this.#stage;
    if (!silently && random.chance(0.5)) {
      this.#instance.at(scheduler.nowMs + 2 * longest, () => this.#fail(brokenConnection()));
      return;
    }
    const givesUpMs = this.#giveUpMs(beganMs);
    if (givesUpMs !== undefined) this.#instance.at(givesUpMs, () => this.#fail(timeOut()));
  }

  /** When the caller gives up this attempt, epoch ms; undefined for never. */
  #giveUpMs(beganMs: number): number | undefined {
    const { settings, abortMs } = this.#asked;
    const attemptMs = settings.timeoutMs === undefined ? Number.POSITIVE_INFINITY : beganMs + settings.timeoutMs;
    const callMs = abortMs === undefined ? Number.POSITIVE_INFINITY : this.#startMs + abortMs;
    const givesUpMs = Math.min(attemptMs, callMs);
    return Number.isFinite(givesUpMs) ? givesUpMs : undefined;
  }

  #fail(error: Error): void {
    const { settings, abortMs } = this.#asked;
    const isAborted = abortMs !== undefined && this.#stage.scheduler.nowMs >= this.#startMs + abortMs;
    const base = retryBaseOf(error);
    if (base === undefined || isAborted || this.#attempt >= settings.attempts) {
      this.#tell(`failed: ${error.name}`);
      this.#caller.learns?.(error);
      this.#asked.reject(error);
      return;
    }
    this.#instance.after(this.#stage.random.next() * base * 2 ** (this.#attempt - 1), () => this.begin());
  }

  #legMs(): number {
    return this.#stage.random.between(shortest, longest);
  }

  #tell(what: string): void {
    const { tell } = this.#stage;
    if (tell === undefined) return;
    const { operation, input } = this.#asked;
    tell(`${this.#instance.name} ${describeCall(operation, input)}: ${what}`);
  }
}
