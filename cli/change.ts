import { parseArgs } from "node:util";
import { changeWarmUp, type PoolChange } from "../shared/app/life-cycle/change-warm-up.ts";
import { UnknownTargetError } from "../shared/app/life-cycle/life-cycle-errors.ts";
import type { LifeCycleAction } from "../shared/domain/warm-up/life-cycle-changes.ts";
import { deploymentOption } from "./deployment.ts";
import { exitCode } from "./exit-code.ts";
import { openDeployment } from "./open-deployment.ts";
import { chosenPools } from "./pool-choice.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";
import { checkDeployment, type Verb } from "./verb.ts";

const options = {
  ...deploymentOption,
  pool: { type: "string" },
  all: { type: "boolean", default: false },
  provider: { type: "string" },
  ip: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

/** Who the audit names. */
const by = "operator";

/** A verb that changes where a warm-up stands. Each is safe to repeat. */
export function changeVerb(action: LifeCycleAction, summary: string): Verb {
  return {
    summary,
    options: "--pool POOL | --all [--provider PROVIDER] [--ip IP] [--json] [--deployment FILE | --data-dir DIR]",
    afterFailure: checkDeployment,
    async run(args, terminal) {
      const { values } = parseArgs({ args: [...args], options });
      const { pool, all, provider, ip, json } = values;
      if (ip !== undefined && (all || provider !== undefined)) {
        throw new UsageError("--ip is for one IP of one pool: give it with --pool, without --all and --provider.");
      }
      const { settings, ports } = openDeployment(values, terminal);
      const pools = chosenPools(action, { pool, all }, settings.pools);
      const results = await known(changeWarmUp(ports, settings, { action, pools, provider, ip, by }));
      tell(action, results, { json, terminal });
      return results.some(({ result }) => result === "refused") ? exitCode.failed : exitCode.done;
    },
  };
}

/** A name nobody knows is a wrong call, not a failure. */
async function known<Result>(changed: Promise<Result>): Promise<Result> {
  try {
    return await changed;
  } catch (error) {
    throw error instanceof UnknownTargetError ? new UsageError(`${error.message}.`, { cause: error }) : error;
  }
}

function tell(
  action: LifeCycleAction,
  results: readonly PoolChange[],
  { json, terminal }: { readonly json: boolean; readonly terminal: Terminal },
): void {
  if (json) terminal.out(JSON.stringify({ action, pools: results }));
  for (const { result, says } of results) {
    if (result === "refused") terminal.err(`${action} refused: ${says}`);
    else if (!json) terminal.out(says);
  }
}
