import { errorName } from "../../domain/errors.ts";
import {
  type Circuit,
  type CircuitReason,
  circuitAt,
  isInForce,
  isStale,
  type OpenCircuits,
  probed,
} from "../../domain/sending/circuit.ts";
import { account, type CircuitScope, isNarrow, scopeFields, scopeText } from "../../domain/sending/circuit-scope.ts";
import type { KnownRate } from "../../domain/sending/rate-share.ts";
import type { Circuits } from "../../ports/circuits.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../ports/log.ts";

export interface RecentCircuitPorts {
  readonly circuits: Circuits;
  readonly clock: Clock;
  readonly log: Log;
}

/** What a batch heard from SES. */
export interface Heard {
  /** Calls in a row that ended without an answer, after the last answer. */
  readonly unanswered: number;
  readonly answered: boolean;
}

/** What another instance found is known this late at most, ms: until then each finds out by a call of its own. */
const readEveryMs = 20_000;

/** So many calls in a row without an answer, of all instances, are a silence of SES. */
const silentFrom = 3;

/** Circuits of tenants and identities on record, at most: more are known to the instance alone that opened them. */
const mostNarrow = 100;

/** The circuits as one instance of a function last read or opened them. Best effort: nothing here throws. */
export class RecentCircuits {
  readonly #ports: RecentCircuitPorts;
  #readAtMs = Number.NEGATIVE_INFINITY;
  #known = new Map<string, Circuit>();
  /** Scopes of tenants and identities that have a circuit on record. */
  #onRecord: ReadonlySet<string> = new Set();
  #unanswered = 0;
  #rate: KnownRate | undefined;

  constructor(ports: RecentCircuitPorts) {
    this.#ports = ports;
  }

  /** Those that stop mail now, by the text of their scope. A read that fails closes none and opens none. */
  async openNow(): Promise<OpenCircuits> {
    const nowMs = this.#ports.clock.nowMs();
    if (nowMs - this.#readAtMs >= readEveryMs) await this.#read(nowMs);
    return new Map([...this.#known].filter(([, circuit]) => isInForce(circuit, nowMs)));
  }

  /** The account's sending rate as it was read with the circuits; undefined when it is not on record. */
  get rate(): KnownRate | undefined {
    return this.#rate;
  }

  /** Opens a circuit for everybody. Who does not learn of it finds out by a call of its own. */
  async open(scope: CircuitScope, reason: CircuitReason): Promise<void> {
    const text = scopeText(scope);
    const nowMs = this.#ports.clock.nowMs();
    const circuit = circuitAt(scope, reason, nowMs, this.#known.get(text));
    this.#known.set(text, circuit);
    const isKept = !isNarrow(scope) || this.#onRecord.has(text) || this.#onRecord.size < mostNarrow;
    const isNew = isKept ? await this.#tried((circuits) => circuits.open(circuit)) : true;
    const lastsSeconds = Math.round((nowMs - circuit.sinceMs) / 1000);
    if (isNew === true) this.#ports.log.warn("CIRCUIT_OPENED", { ...scopeFields(scope), reason, lastsSeconds });
  }

  /**
   * Wins the right to ask SES by one message whether a half-open circuit is over.
   * @returns the circuit while it is asked; undefined when somebody else asks
   */
  async probe(circuit: Circuit): Promise<Circuit | undefined> {
    const asking = probed(circuit, this.#ports.clock.nowMs());
    if ((await this.#tried((circuits) => circuits.move(circuit, asking.untilMs))) === true) {
      this.#known.set(scopeText(circuit.scope), asking);
      return asking;
    }
    await this.#read(this.#ports.clock.nowMs());
    return undefined;
  }

  /** Ends a circuit for everybody: the message that asked was answered. @param asked - as `probe` gave it */
  async close(asked: Circuit): Promise<void> {
    this.#known.delete(scopeText(asked.scope));
    const isClosed = await this.#tried((circuits) => circuits.move(asked, 0));
    if (isClosed === true)
      this.#ports.log.info("CIRCUIT_CLOSED", { ...scopeFields(asked.scope), reason: asked.reason });
  }

  /** Whether SES answers nobody, by what a batch heard and what was known before. */
  isSilent({ unanswered, answered }: Heard): boolean {
    return unanswered > 0 && unanswered + (answered ? 0 : this.#unanswered) >= silentFrom;
  }

  /** Tells the others what a batch heard, where that changes what they know; opens the circuit of a silence. */
  async hear(heard: Heard): Promise<void> {
    const { unanswered, answered } = heard;
    if (unanswered === 0 && !(answered && this.#unanswered > 0)) return;
    const isSilent = this.isSilent(heard);
    const counted = await this.#tried((circuits) => circuits.countUnanswered(unanswered, !answered));
    this.#unanswered = counted ?? unanswered + (answered ? 0 : this.#unanswered);
    if (isSilent || this.#unanswered >= silentFrom) await this.open(account, "ses-silent");
  }

  async #read(nowMs: number): Promise<void> {
    this.#readAtMs = nowMs;
    const record = await this.#tried((circuits) => circuits.read(), "CIRCUITS_NOT_READ");
    if (record === undefined) return;
    const own = [...this.#known.values()].filter(({ scope }) => isNarrow(scope));
    this.#known = latest([...own, ...record.circuits].filter((circuit) => !isStale(circuit, nowMs)));
    this.#onRecord = new Set(
      record.circuits.filter(({ scope }) => isNarrow(scope)).map(({ scope }) => scopeText(scope)),
    );
    this.#unanswered = record.unanswered;
    this.#rate = record.rate;
  }

  async #tried<Result>(
    call: (circuits: Circuits) => Promise<Result>,
    code: "CIRCUITS_NOT_READ" | "CIRCUIT_NOT_KEPT" = "CIRCUIT_NOT_KEPT",
  ): Promise<Result | undefined> {
    try {
      return await call(this.#ports.circuits);
    } catch (error) {
      this.#ports.log.warn(code, { error: errorName(error) });
      return undefined;
    }
  }
}

/** One circuit for each scope: the one that lasts longest. */
function latest(circuits: readonly Circuit[]): Map<string, Circuit> {
  const inOrder = circuits.toSorted((one, other) => one.untilMs - other.untilMs);
  return new Map(inOrder.map((circuit) => [scopeText(circuit.scope), circuit]));
}
