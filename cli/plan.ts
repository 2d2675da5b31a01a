import { parseArgs } from "node:util";
import { readPlans } from "../shared/app/status/read-plans.ts";
import { deploymentOption } from "./deployment.ts";
import { exitCode } from "./exit-code.ts";
import { openDeployment } from "./open-deployment.ts";
import { listedPlans, type NamedPlan, plansText, plansToChoose } from "./plan-text.ts";
import { shownPools } from "./pool-choice.ts";
import { UsageError } from "./usage-error.ts";
import { checkDeployment, type Verb } from "./verb.ts";

const options = {
  ...deploymentOption,
  pool: { type: "string" },
  list: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

/** Days looked ahead, today included. */
const aheadDays = 7;

/** Prints each pool's plan in force and where it leads, or the plans a pool may name. */
export const plan: Verb = {
  summary: "each pool's plan and the allowances it leads to; --list: the plans and published tables to choose from",
  options: "[--pool POOL | --list] [--json] [--deployment FILE | --data-dir DIR]",
  afterFailure: checkDeployment,
  async run(args, terminal) {
    const { values } = parseArgs({ args: [...args], options });
    const print = (value: unknown, lines: readonly string[]): void => {
      if (values.json) terminal.out(JSON.stringify(value));
      else for (const line of lines) terminal.out(line);
    };
    if (values.list) {
      if (values.pool !== undefined) throw new UsageError("--list is about no pool: leave --pool out.");
      print({ plans: plansToChoose() }, listedPlans());
      return exitCode.done;
    }
    const { configuration, settings, ports } = openDeployment(values, terminal);
    const names = new Set(shownPools(values.pool, settings.pools));
    const chosen = [...settings.pools.values()].filter(({ name }) => names.has(name));
    const { day, pools } = await readPlans(ports, chosen, aheadDays);
    const named = pools.map((each): NamedPlan => {
      const written = configuration.pools[each.pool]?.plan;
      return { ...each, name: typeof written === "string" ? written : "written out in the configuration" };
    });
    print({ day, pools: named }, plansText(named));
    return exitCode.done;
  },
};
