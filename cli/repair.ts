import { parseArgs } from "node:util";
import { type RepairResult, repair as repairFinding } from "../shared/app/guard/repair.ts";
import { type FindingCode, findingSources, isFindingCode } from "../shared/domain/guard/finding.ts";
import { deploymentOption } from "./deployment.ts";
import { exitCode } from "./exit-code.ts";
import { openDeployment } from "./open-deployment.ts";
import { knownPool } from "./pool-choice.ts";
import { UsageError } from "./usage-error.ts";
import { checkDeployment, type Verb } from "./verb.ts";

const options = {
  ...deploymentOption,
  pool: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

/** Puts SES back to what our record says, for one thing that the guard found. */
export const repair: Verb = {
  summary: "puts right what the guard found under a code; status shows the codes in force",
  options: "CODE [--pool POOL] [--json] [--deployment FILE | --data-dir DIR]",
  afterFailure: checkDeployment,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const code = codeOf(positionals);
    const { settings, ports } = openDeployment(values, terminal);
    const pool = values.pool === undefined ? undefined : knownPool(values.pool, settings.pools);
    const { kind, says } = await repairFinding(ports, settings.pools, { code, pool, by: "operator" });
    if (values.json) terminal.out(JSON.stringify({ code, pool, result: kind, says }));
    if (isDone(kind)) {
      if (!values.json) terminal.out(says);
      return exitCode.done;
    }
    terminal.err(`repair: a person has to do this. ${says}`);
    return exitCode.failed;
  },
};

function isDone(kind: RepairResult["kind"]): boolean {
  return kind !== "for-a-person";
}

function codeOf([code, ...more]: readonly string[]): FindingCode {
  const codes = `the codes are ${Object.keys(findingSources).join(", ")}`;
  if (code === undefined)
    throw new UsageError(`Which finding? Type "repair CODE"; ${codes}. "status" shows those in force.`);
  if (more.length > 0) throw new UsageError(`${more.join(" ")}: expected one code at a time.`);
  if (!isFindingCode(code)) throw new UsageError(`${code} is not a code of the guard: ${codes}.`);
  return code;
}
