import { type Brake, sameBrake } from "../../domain/brakes/brake.ts";
import type { BrakeKey } from "../../ports/brakes.ts";

/** Brakes that one instance of a function put on itself: what they hold back already need not be judged or written again. */
export class KnownBrakes {
  readonly #known = new Map<string, Brake>();

  /** Nothing can make a stop harder while it lasts. */
  stops(key: BrakeKey, nowMs: number): boolean {
    const brake = this.#known.get(nameOf(key));
    return brake?.step === "stop" && brake.untilMs > nowMs;
  }

  has(key: BrakeKey, brake: Brake): boolean {
    return sameBrake(this.#known.get(nameOf(key)), brake);
  }

  note(key: BrakeKey, brake: Brake): void {
    this.#known.set(nameOf(key), brake);
  }
}

function nameOf({ pool, route, provider }: BrakeKey): string {
  return `${pool}/${route}/${provider}`;
}
