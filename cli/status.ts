import { parseArgs } from "node:util";
import { readStatus } from "../shared/app/status/read-status.ts";
import { deploymentOption, readDeployment } from "./deployment.ts";
import { openDeployment } from "./open-deployment.ts";
import { statusText } from "./status-text.ts";
import type { Verb } from "./verb.ts";

/** Prints the operator's view of a deployment. */
export const status: Verb = {
  summary: "today's split between routes, allowances with their reasons, held mail, queues",
  options: "[--json] [--deployment FILE]",
  afterFailure: "Check the Region, the credentials and the names in the deployment file, and that the deployment runs.",
  async run(args, terminal) {
    const options = { ...deploymentOption, json: { type: "boolean", default: false } } as const;
    const { values } = parseArgs({ args: [...args], options });
    const deployment = readDeployment(values.deployment, terminal);
    const found = await readStatus(openDeployment(deployment), { pools: Object.keys(deployment.configuration.pools) });
    if (values.json) terminal.out(JSON.stringify(found));
    else for (const line of statusText(found)) terminal.out(line);
  },
};
