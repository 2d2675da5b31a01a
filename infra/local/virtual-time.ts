/** Milliseconds by which this process's time is ahead of the machine's. */
let aheadMs = 0;

const machineNowMs = Date.now.bind(Date);
const now = (): number => machineNowMs() + aheadMs;

/**
 * From now on `Date` in this process tells virtual time: the machine's, shifted by what `setAheadMs` said last. The
 * product and the engines read it as they read any clock; timers (setTimeout) stay real.
 */
export function installVirtualTime(): void {
  globalThis.Date = new Proxy(Date, {
    construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    get: (target, name, receiver) => (name === "now" ? now : Reflect.get(target, name, receiver)),
  });
}

/** @param ms - never less than before: time does not go back */
export function setAheadMs(ms: number): void {
  aheadMs = Math.max(aheadMs, ms);
}

/** The virtual clock of a local run: it runs as fast as the machine's and can jump ahead. */
export class VirtualClock {
  readonly #onJump: ((aheadMs: number) => void)[] = [];

  nowMs(): number {
    return Date.now();
  }

  get aheadMs(): number {
    return aheadMs;
  }

  /** Jumps to a moment, unless it has passed already. */
  advanceTo(epochMs: number): void {
    setAheadMs(epochMs - machineNowMs());
    for (const listener of this.#onJump) listener(aheadMs);
  }

  /** Told of every jump, at once. */
  onJump(listener: (aheadMs: number) => void): void {
    this.#onJump.push(listener);
  }
}
