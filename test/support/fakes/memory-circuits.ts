import type { Circuit } from "../../../shared/domain/sending/circuit.ts";
import type { Circuits } from "../../../shared/ports/circuits.ts";

export class MemoryCircuits implements Circuits {
  readonly #kept = new Map<string, Circuit>();

  async read(): Promise<readonly Circuit[]> {
    return [...this.#kept.values()];
  }

  async open(circuit: Circuit): Promise<boolean> {
    if ((this.#kept.get(circuit.scope)?.untilMs ?? Number.NEGATIVE_INFINITY) >= circuit.untilMs) return false;
    this.#kept.set(circuit.scope, circuit);
    return true;
  }
}
