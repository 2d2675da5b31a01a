import type { Chance } from "../../../shared/ports/chance.ts";

/** Names in a row: `batch0000000000000001`, `batch0000000000000002`, ... */
export class CountingChance implements Chance {
  #count = 0;

  id(): string {
    this.#count += 1;
    return `batch${String(this.#count).padStart(15, "0")}`;
  }
}
