import { type Brake, sameBrake } from "../../../shared/domain/brakes/brake.ts";
import type { BrakeKey, Brakes, KeptBrake } from "../../../shared/ports/brakes.ts";

export class MemoryBrakes implements Brakes {
  readonly #kept = new Map<string, KeptBrake>();

  async keep(key: BrakeKey, brake: Brake): Promise<Brake | "same" | undefined> {
    const before = this.#kept.get(nameOf(key))?.brake;
    if (sameBrake(before, brake)) return "same";
    this.#kept.set(nameOf(key), { key, brake, endTold: false });
    return before;
  }

  async read(pool: string): Promise<readonly KeptBrake[]> {
    return [...this.#kept.values()].filter(({ key }) => key.pool === pool);
  }

  async tellEnd(key: BrakeKey, brake: Brake): Promise<boolean> {
    const kept = this.#kept.get(nameOf(key));
    if (kept === undefined || kept.endTold || !sameBrake(kept.brake, brake)) return false;
    this.#kept.set(nameOf(key), { ...kept, endTold: true });
    return true;
  }
}

function nameOf({ pool, route, provider }: BrakeKey): string {
  return `${pool}/${route}/${provider}`;
}
