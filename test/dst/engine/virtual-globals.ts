import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers";
import timersPromises from "node:timers/promises";
import { currentInstance, type Instance } from "./instance.ts";
import type { Random } from "./random.ts";
import type { Due } from "./scheduler.ts";

/** What the globals belong to while a seed runs. */
let random: Random | undefined;

/** Product code draws from this while a seed runs. */
export function setGlobalRandom(drawn: Random): void {
  random = drawn;
}

function owner(): Instance {
  const instance = currentInstance();
  if (instance === undefined) throw new Error("a timer was asked for outside of a simulated instance");
  return instance;
}

/**
 * Puts simulated time and seeded chance in the place of what product code and its libraries reach without a port:
 * timers, `Math.random` and `AbortSignal.timeout`. For the whole process or worker.
 */
export function installVirtualGlobals(): void {
  const setVirtual = (run: (...given: unknown[]) => void, waitMs = 0, ...given: unknown[]): Due =>
    owner().after(waitMs, () => run(...given));
  const clearVirtual = (due: Due | undefined): void => {
    if (due !== undefined) due.run = undefined;
  };
  const replaced = { setTimeout: setVirtual, clearTimeout: clearVirtual };
  Object.assign(globalThis, replaced);
  Object.assign(timers, replaced);
  Object.assign(timersPromises, {
    setTimeout: (waitMs = 0, value?: unknown) =>
      new Promise((resolve) => {
        owner().after(waitMs, () => resolve(value));
      }),
  });
  syncBuiltinESMExports();
  Object.assign(Math, { random: () => (random === undefined ? 0.5 : random.next()) });
  Object.assign(AbortSignal, { timeout: (timeoutMs: number) => ({ timeoutMs }) });
  // Stack traces of expected errors cost more than all else.
  Error.stackTraceLimit = 0;
}
