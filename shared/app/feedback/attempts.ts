import { errorName } from "../../domain/errors.ts";
import type { Log, LogFields } from "../../ports/log.ts";

/** The records of a batch whose work failed: they alone come again. */
export class Attempts {
  readonly failed = new Set<string>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /**
   * Does work of some records; never throws.
   * @param records - ids of those that must come again should it fail
   * @param of - what the log says it was
   */
  async make(records: Iterable<string>, of: LogFields, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#log.error("FEEDBACK_NOT_COUNTED", { ...of, error: errorName(error) });
      for (const record of records) this.failed.add(record);
    }
  }
}
