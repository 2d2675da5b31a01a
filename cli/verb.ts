import type { ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/** One thing the operator's command can do. */
export interface Verb {
  /** One line for the list of verbs. */
  readonly summary: string;
  /** What stands behind the verb on the command line. */
  readonly options: string;
  /** What to look at when the verb fails, as a sentence. */
  readonly afterFailure?: string;
  /**
   * @returns how the process ends; a refusal has said why on the error stream
   * @throws UsageError, or an error of `parseArgs`, when the arguments cannot be followed
   */
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>;
}

/** What helps when a deployment does not answer. */
export const checkDeployment =
  "Check the Region, the credentials and the names in the deployment file, and that the deployment runs.";
