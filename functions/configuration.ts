import type { Configuration } from "../shared/contracts/configuration.ts";
import { parseConfiguration } from "../shared/contracts/parse-configuration.ts";

/** Put in place of this name when the stack bundles a function: the deployment's configuration as JSON text. */
declare const WARM_UP_CONFIGURATION: string;

/** The configuration this function was deployed with. */
export function deployedConfiguration(): Configuration {
  return parseConfiguration(JSON.parse(WARM_UP_CONFIGURATION));
}
