import type { Circuit } from "../../../shared/domain/sending/circuit.ts";
import { scopeText } from "../../../shared/domain/sending/circuit-scope.ts";
import type { Circuits, SesRecord } from "../../../shared/ports/circuits.ts";
import { MemorySendRates } from "./memory-send-rates.ts";

export class MemoryCircuits implements Circuits {
  readonly #kept = new Map<string, Circuit>();
  #unanswered = 0;

  readonly #rates: MemorySendRates;

  /** @param rates - kept beside the circuits, and read with them */
  constructor(rates = new MemorySendRates()) {
    this.#rates = rates;
  }

  async read(): Promise<SesRecord> {
    return { circuits: [...this.#kept.values()], unanswered: this.#unanswered, rate: this.#rates.known };
  }

  async open(circuit: Circuit): Promise<boolean> {
    const scope = scopeText(circuit.scope);
    if ((this.#kept.get(scope)?.untilMs ?? Number.NEGATIVE_INFINITY) >= circuit.untilMs) return false;
    this.#kept.set(scope, circuit);
    return true;
  }

  async move(read: Circuit, untilMs: number): Promise<boolean> {
    const scope = scopeText(read.scope);
    const kept = this.#kept.get(scope);
    if (kept?.untilMs !== read.untilMs) return false;
    this.#kept.set(scope, { ...kept, untilMs });
    return true;
  }

  async countUnanswered(calls: number, goesOn: boolean): Promise<number> {
    this.#unanswered = calls + (goesOn ? this.#unanswered : 0);
    return this.#unanswered;
  }
}
