import { WrongClockError } from "../shared/app/clock/wrong-clock-error.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { alignedTable } from "./table.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";
import type { Verb } from "./verb.ts";
import { verbs } from "./verbs.ts";

const help = new Set(["help", "--help", "-h"]);
const listing = `"npm run -s cli -- help" lists what there is.`;

/**
 * Runs the operator's command. Every failure is a sentence on the error stream, never a stack.
 * @param args - verb and options, without node and the script
 * @returns the exit code: 0 done, 1 failed or refused, 2 called in a way it cannot follow
 */
export async function runCommand([name, ...args]: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (name !== undefined && help.has(name)) {
    for (const line of helpText()) terminal.out(line);
    return exitCode.done;
  }
  const verb = verbs.get(name ?? "");
  if (name === undefined || verb === undefined) {
    terminal.err(name === undefined ? `A verb was expected: ${listing}` : `${name} is not a verb: ${listing}`);
    return exitCode.usage;
  }
  try {
    return await verb.run(args, terminal);
  } catch (error) {
    const { sentence, code } = failure(name, verb, error);
    terminal.err(sentence);
    return code;
  }
}

function helpText(): string[] {
  const rows = [...verbs].map(([name, { summary, options }]) => [`  ${name}`, summary, options]);
  return [
    "Usage: npm run -s cli -- VERB [options]",
    "",
    ...alignedTable([{ heading: "Verbs" }, { heading: "" }, { heading: "" }], [["  help", "this list"], ...rows]),
    "",
    "A deployment is named by --deployment FILE or SES_WARMUP_DEPLOYMENT, a local system by --data-dir DIR; without them",
    "it is the one local system of this checkout that runs.",
  ];
}

function failure(name: string, verb: Verb, error: unknown): { readonly sentence: string; readonly code: ExitCode } {
  if (error instanceof UsageError) return { sentence: `${name}: ${error.message}`, code: exitCode.usage };
  if (error instanceof WrongClockError)
    return { sentence: `${name} refused: ${error.message}.`, code: exitCode.failed };
  if (isOfParseArgs(error)) {
    const sentence = `${name}: ${error.message}\nExpected: ${name} ${verb.options}`;
    return { sentence, code: exitCode.usage };
  }
  const sentence = `${name} failed: ${described(error)}. ${verb.afterFailure ?? ""}`.trimEnd();
  return { sentence, code: exitCode.failed };
}

function isOfParseArgs(error: unknown): error is Error & { readonly code: string } {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return typeof error.code === "string" && error.code.startsWith("ERR_PARSE_ARGS_");
}

/** Errors of a connection have several causes and no message of their own. */
function described(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(described).join("; ");
  return String(error).replace(/\.$/, "");
}
