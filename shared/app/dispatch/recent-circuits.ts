import { type Circuit, type OpenCircuits, scopeFields, scopeText } from "../../domain/sending/circuit.ts";
import type { KnownRate } from "../../domain/sending/rate-share.ts";
import type { Circuits } from "../../ports/circuits.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../ports/log.ts";

export interface RecentCircuitPorts {
  readonly circuits: Circuits;
  readonly clock: Clock;
  readonly log: Log;
}

/** What another instance found is known this late at most, ms: until then each finds out by a call of its own. */
const readEveryMs = 20_000;

/** The open circuits as one instance of a function last read or opened them. */
export class RecentCircuits {
  readonly #ports: RecentCircuitPorts;
  #readAtMs = Number.NEGATIVE_INFINITY;
  #known = new Map<string, Circuit>();
  #rate: KnownRate | undefined;

  constructor(ports: RecentCircuitPorts) {
    this.#ports = ports;
  }

  /** Those that are open now, by scope. Never throws: a read that fails closes none and opens none. */
  async openNow(): Promise<OpenCircuits> {
    const { circuits, clock, log } = this.#ports;
    const nowMs = clock.nowMs();
    if (nowMs - this.#readAtMs >= readEveryMs) {
      this.#readAtMs = nowMs;
      try {
        const record = await circuits.read();
        this.#known = new Map(record.circuits.map((circuit) => [scopeText(circuit.scope), circuit]));
        this.#rate = record.rate;
      } catch (error) {
        log.warn("CIRCUITS_NOT_READ", { error: error instanceof Error ? error.name : "unknown" });
      }
    }
    return new Map([...this.#known].filter(([, { untilMs }]) => untilMs > nowMs));
  }

  /** The account's sending rate as it was read with the circuits; undefined when it is not on record. */
  get rate(): KnownRate | undefined {
    return this.#rate;
  }

  /** Opens a circuit for everybody. Best effort: who does not learn of it finds out by a call of its own. */
  async open(circuit: Circuit): Promise<void> {
    const { circuits, log } = this.#ports;
    this.#known.set(scopeText(circuit.scope), circuit);
    try {
      const { scope, reason } = circuit;
      if (await circuits.open(circuit)) log.warn("CIRCUIT_OPENED", { ...scopeFields(scope), reason });
    } catch (error) {
      log.warn("CIRCUIT_NOT_KEPT", { error: error instanceof Error ? error.name : "unknown" });
    }
  }
}
