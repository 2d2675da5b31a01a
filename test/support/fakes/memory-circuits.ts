import { type Circuit, scopeText } from "../../../shared/domain/sending/circuit.ts";
import type { Circuits, SesRecord } from "../../../shared/ports/circuits.ts";
import { MemorySendRates } from "./memory-send-rates.ts";

export class MemoryCircuits implements Circuits {
  readonly #kept = new Map<string, Circuit>();

  readonly #rates: MemorySendRates;

  /** @param rates - kept beside the circuits, and read with them */
  constructor(rates = new MemorySendRates()) {
    this.#rates = rates;
  }

  async read(): Promise<SesRecord> {
    return { circuits: [...this.#kept.values()], rate: this.#rates.known };
  }

  async open(circuit: Circuit): Promise<boolean> {
    const scope = scopeText(circuit.scope);
    if ((this.#kept.get(scope)?.untilMs ?? Number.NEGATIVE_INFINITY) >= circuit.untilMs) return false;
    this.#kept.set(scope, circuit);
    return true;
  }
}
