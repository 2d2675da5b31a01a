import { parseArgs } from "node:util";
import { readIps } from "../shared/app/status/read-ips.ts";
import { deploymentOption } from "./deployment.ts";
import { exitCode } from "./exit-code.ts";
import { ipsText } from "./ips-text.ts";
import { openDeployment } from "./open-deployment.ts";
import { checkDeployment, type Verb } from "./verb.ts";

const options = { ...deploymentOption, json: { type: "boolean", default: false } } as const;

/** Prints every dedicated IP there is, and how far it is. */
export const ips: Verb = {
  summary: "every dedicated IP: pool, state, since when, progress at each provider and the forecast",
  options: "[--json] [--deployment FILE | --data-dir DIR]",
  afterFailure: checkDeployment,
  async run(args, terminal) {
    const { values } = parseArgs({ args: [...args], options });
    const { settings, ports } = openDeployment(values, terminal);
    const found = await readIps(ports, settings.pools);
    if (values.json) terminal.out(JSON.stringify(found));
    else for (const line of ipsText(found)) terminal.out(line);
    return exitCode.done;
  },
};
