import type { Stage } from "./client.ts";
import { Instance, type Invocation, inside } from "./instance.ts";

/** A function's handler, made anew for each execution environment. */
export type Handler = (event: object, context: { getRemainingTimeInMillis(): number }) => Promise<unknown>;

export interface FunctionSettings {
  readonly name: string;
  readonly timeoutMs: number;
  /** A cold start: everything the function keeps in memory. */
  start(instance: Instance): Handler;
  /** What an instance's clock is ahead of the true time, ms. */
  skewMs(): number;
  /** What it is wrong beside that, ms. */
  wrongMs(): number;
}

interface Environment {
  readonly instance: Instance;
  readonly handler: Handler;
}

/** Part of the invocations that meet a cold start although an environment stands ready. */
const coldShare = 0.15;

/** A Lambda function: environments that are used again, a time limit, and what it means to die. */
export class SimulatedFunction {
  readonly #stage: Stage;
  readonly #settings: FunctionSettings;
  readonly #ready: Environment[] = [];
  /** Counts invocations and environments of all functions of one world. */
  readonly #ids: { instances: number; invocations: number };

  constructor(stage: Stage, ids: { instances: number; invocations: number }, settings: FunctionSettings) {
    this.#stage = stage;
    this.#ids = ids;
    this.#settings = settings;
  }

  /** @param ended - called once, with the handler's answer, or with nothing when the run failed or died */
  invoke(event: object, ended: (answer: { readonly value: unknown } | undefined) => void): void {
    const { scheduler, tell } = this.#stage;
    const environment = this.#take();
    const { instance, handler } = environment;
    const invocation = this.#open(instance);
    let isOver = false;
    const end = (answer: { readonly value: unknown } | undefined): void => {
      if (isOver) return;
      isOver = true;
      tell?.(`${instance.name} ends ${invocation.id} ${answer === undefined ? "without an answer" : "well"}`);
      ended(answer);
    };
    instance.whenKilled = () => {
      tell?.(`${instance.name} dies`);
      end(undefined);
    };
    const limit = scheduler.at(invocation.deadlineMs, () => {
      invocation.cut = true;
      // A frozen environment cannot be ended: it goes on when it wakes, and nobody listens any more.
      if (instance.isFrozen()) end(undefined);
      else instance.kill();
    });
    const context = { getRemainingTimeInMillis: () => Math.floor(invocation.deadlineMs - scheduler.nowMs) };
    const back = (answer: { readonly value: unknown } | undefined): void => {
      scheduler.cancel(limit);
      if (!isOver && instance.isAlive) this.#ready.push(environment);
      end(answer);
    };
    inside(instance, () => {
      handler(event, context).then(
        (value) => back({ value }),
        (error: unknown) => {
          invocation.cut = true;
          tell?.(`${instance.name} throws ${String(error)}`);
          back(undefined);
        },
      );
    });
  }

  #take(): Environment {
    const { random, isDull } = this.#stage;
    const found = !isDull && random.chance(coldShare) ? undefined : this.#ready.shift();
    return found ?? this.#start();
  }

  #start(): Environment {
    this.#ids.instances += 1;
    const id = this.#ids.instances;
    const name = `${this.#settings.name}-${id}`;
    const [skewMs, wrongMs] = [this.#settings.skewMs(), this.#settings.wrongMs()];
    const instance = new Instance(this.#stage.scheduler, { id, name, skewMs, wrongMs });
    this.#stage.tell?.(`${name} starts, its clock ${skewMs + wrongMs} ms ahead`);
    this.#stage.started?.(instance);
    return { instance, handler: this.#settings.start(instance) };
  }

  #open(instance: Instance): Invocation {
    const { scheduler, tell } = this.#stage;
    this.#ids.invocations += 1;
    const id = this.#ids.invocations;
    const startMs = scheduler.nowMs;
    const invocation = { id, startMs, deadlineMs: startMs + this.#settings.timeoutMs, cut: false };
    instance.invocation = invocation;
    tell?.(`${instance.name} begins ${id}`);
    return invocation;
  }
}
