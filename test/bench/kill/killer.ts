import { setTimeout as pause } from "node:timers/promises";
import type { FunctionProcess } from "../../../infra/local/functions/wiring.ts";
import { Random } from "../../dst/engine/random.ts";

/** Time between two kills, ms. */
const [leastPauseMs, mostPauseMs] = [1_000, 4_000];

/** Latest into its work that a function is killed, ms: about as long as a batch takes, so that every step is hit. */
const mostIntoWorkMs = 160;

/** Longest wait for a function to have work, ms; then it is killed idle. */
const patienceMs = 1_000;

/** Share of the kills that the second victim gets. */
const secondShare = 0.25;

/** Kills function processes at work with SIGKILL: nothing of theirs runs any more. */
export class Killer {
  readonly #first: FunctionProcess;
  readonly #second: FunctionProcess;
  readonly #random: Random;
  #kills = 0;
  #interrupted = 0;

  /** @param second - killed now and then instead of the first */
  constructor(first: FunctionProcess, second: FunctionProcess, seed: number) {
    this.#first = first;
    this.#second = second;
    this.#random = new Random(seed);
  }

  /** Processes killed. */
  get kills(): number {
    return this.#kills;
  }

  /** Invocations of the first victim that a kill ended. */
  get interrupted(): number {
    return this.#interrupted;
  }

  /** @param endMs - by the clock of `performance` */
  async run(endMs: number): Promise<void> {
    for (;;) {
      const pauseMs = this.#random.between(leastPauseMs, mostPauseMs);
      const intoWorkMs = this.#random.between(0, mostIntoWorkMs);
      const victim = this.#random.chance(secondShare) ? this.#second : this.#first;
      if (performance.now() + pauseMs > endMs) return;
      await pause(pauseMs);
      await untilAtWork(victim, intoWorkMs);
      this.#kill(victim);
    }
  }

  #kill(victim: FunctionProcess): void {
    if (victim.pid === undefined) throw new Error(`${victim.name} has no process`);
    process.kill(victim.pid, "SIGKILL");
    this.#kills += 1;
    if (victim === this.#first) this.#interrupted += victim.invocations;
  }
}

/** Waits until a function is so long into its work and still at it. One that has none is not waited for any longer. */
async function untilAtWork(victim: FunctionProcess, intoWorkMs: number): Promise<void> {
  await victim.ready;
  const endMs = performance.now() + patienceMs;
  do {
    while (victim.invocations === 0 && performance.now() < endMs) await pause(1);
    await pause(intoWorkMs);
  } while (victim.invocations === 0 && performance.now() < endMs);
}
