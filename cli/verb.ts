import type { Terminal } from "./terminal.ts";

/** One thing the operator's command can do. */
export interface Verb {
  /** One line for the list of verbs. */
  readonly summary: string;
  /** What stands behind the verb on the command line. */
  readonly options: string;
  /** What to look at when the verb fails, as a sentence. */
  readonly afterFailure?: string;
  /** @throws UsageError, or an error of `parseArgs`, when the arguments cannot be followed */
  run(args: readonly string[], terminal: Terminal): Promise<void>;
}
