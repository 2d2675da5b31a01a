import { parseArgs } from "node:util";
import { readStatus } from "../shared/app/status/read-status.ts";
import { deploymentOption } from "./deployment.ts";
import { exitCode } from "./exit-code.ts";
import { openDeployment } from "./open-deployment.ts";
import { statusText } from "./status-text.ts";
import { checkDeployment, type Verb } from "./verb.ts";

/** Prints the operator's view of a deployment. */
export const status: Verb = {
  summary: "today's split between routes, warm-ups, holds, allowances with their reasons, held mail, queues",
  options: "[--json] [--deployment FILE | --data-dir DIR]",
  afterFailure: checkDeployment,
  async run(args, terminal) {
    const options = { ...deploymentOption, json: { type: "boolean", default: false } } as const;
    const { values } = parseArgs({ args: [...args], options });
    const { settings, ports } = openDeployment(values, terminal);
    const found = await readStatus(ports, settings);
    if (values.json) terminal.out(JSON.stringify(found));
    else for (const line of statusText(found)) terminal.out(line);
    return exitCode.done;
  },
};
