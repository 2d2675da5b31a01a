import { errorName } from "../../domain/errors.ts";
import type { Outcome } from "../../domain/sending/outcome.ts";
import type { Log } from "../../ports/log.ts";
import type { DispatchRecord } from "./dispatch-ports.ts";

/** A record whose own store call failed is seen again after this long, seconds. */
const retrySeconds = 5;

/** The outcomes of one batch: one record's failure stays one record's failure. */
export class Outcomes {
  readonly #byRecord = new Map<string, Outcome>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /**
   * Runs what decides a record's outcome; should it throw, the record goes back to its queue.
   * @param decide - undefined when a later step decides
   */
  async settle(
    { recordId }: Pick<DispatchRecord, "recordId">,
    decide: () => Promise<Outcome | undefined>,
  ): Promise<void> {
    try {
      const outcome = await decide();
      if (outcome !== undefined) this.#byRecord.set(recordId, outcome);
    } catch (error) {
      this.#log.error("RECORD_FAILED", { recordId, error: errorName(error) });
      this.#byRecord.set(recordId, { kind: "again", because: "store-failed", delaySeconds: retrySeconds });
    }
  }

  /** A second copy of a message in one batch shares the fate of the first: sent once is sent. */
  mirror(repeat: DispatchRecord, first: DispatchRecord): void {
    const outcome = this.of(first);
    const sent = outcome.kind === "sent";
    this.#byRecord.set(repeat.recordId, sent ? { kind: "already-sent", provenBy: "receipt" } : outcome);
  }

  /** True when a store call of the record threw. */
  failed({ recordId }: DispatchRecord): boolean {
    const outcome = this.#byRecord.get(recordId);
    return outcome?.kind === "again" && outcome.because === "store-failed";
  }

  /** A record nobody settled goes back: it is better seen twice than lost. */
  of({ recordId }: Pick<DispatchRecord, "recordId">): Outcome {
    return this.#byRecord.get(recordId) ?? { kind: "again", because: "store-failed", delaySeconds: retrySeconds };
  }
}
