/** Milliseconds by which this process's time is ahead of the machine's; one number for all its threads. */
let ahead = new BigInt64Array(new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT));

const aheadNowMs = (): number => Number(Atomics.load(ahead, 0));
const machineNowMs = Date.now.bind(Date);
const now = (): number => machineNowMs() + aheadNowMs();

/** What a thread needs to have the time of the one that starts it. */
export function sharedTime(): SharedArrayBuffer {
  return ahead.buffer;
}

/** Gives this thread the time of the one that started it. */
export function joinTime(shared: SharedArrayBuffer): void {
  ahead = new BigInt64Array(shared);
}

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

/** Gives this process a time of its own, before anybody reads it: it may lie behind the machine's. */
export function startAheadMs(ms: number): void {
  Atomics.store(ahead, 0, BigInt(Math.ceil(ms)));
}

/** @param ms - never less than before: time does not go back */
export function setAheadMs(ms: number): void {
  Atomics.store(ahead, 0, BigInt(Math.ceil(Math.max(aheadNowMs(), ms))));
}

/** The virtual clock of a local run: it runs as fast as the machine's and can jump ahead. */
export class VirtualClock {
  readonly #onJump: ((aheadMs: number) => void)[] = [];

  nowMs(): number {
    return Date.now();
  }

  get aheadMs(): number {
    return aheadNowMs();
  }

  /** The moment that it starts with; it may have passed on the machine's clock. */
  startAt(epochMs: number): void {
    startAheadMs(epochMs - machineNowMs());
  }

  /** Jumps to a moment, unless it has passed already. */
  advanceTo(epochMs: number): void {
    setAheadMs(epochMs - machineNowMs());
    for (const listener of this.#onJump) listener(aheadNowMs());
  }

  /** Told of every jump, at once. */
  onJump(listener: (aheadMs: number) => void): void {
    this.#onJump.push(listener);
  }
}
