// The CDK app: one stack from one configuration. Another configuration: `npm run synth -- -c configuration=PATH`.
import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import type { Configuration } from "../shared/contracts/configuration.ts";
import { ConfigurationError, parseConfiguration } from "../shared/contracts/parse-configuration.ts";
import { WarmUpStack } from "./aws/warm-up-stack.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

async function readConfiguration(path: string): Promise<Configuration> {
  if (!existsSync(path)) throw new ConfigurationError(`There is no such file: write one, or name another one.`);
  const file: { default?: unknown } = await import(pathToFileURL(path).href);
  return parseConfiguration(file.default);
}

const app = new App();
const named: unknown = app.node.tryGetContext("configuration");
const path = resolve(root, typeof named === "string" ? named : "infra/warm-up.config.ts");

try {
  const configuration = await readConfiguration(path);
  new WarmUpStack(app, configuration.name, { configuration });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${relative(process.cwd(), path)}\n${error.message}\n`);
  // Not exitCode: the app would still synthesize what it has, an empty cloud assembly, when the process ends.
  process.exit(1);
}
