import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Template } from "./template/template.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The CDK app's output: the template, and the folder its function bundles lie in. */
export interface Assembly {
  readonly folder: string;
  readonly template: Template;
}

/**
 * Synthesizes the stack as `cdk deploy` would, in a process of its own.
 * @param configuration - path of the configuration file, from the repository's root
 * @throws Error with the app's own words when the configuration or the stack is wrong
 */
export async function synthesize(configuration: string, folder: string): Promise<Assembly> {
  const context = JSON.stringify({ configuration });
  const app = spawn(process.execPath, [join(root, "infra/app.ts")], {
    cwd: root,
    env: { ...process.env, CDK_OUTDIR: folder, CDK_CONTEXT_JSON: context },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [app.stdout, app.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => app.on("close", resolve));
  if (code !== 0) throw new Error(`the stack cannot be synthesized:\n${said}`);
  const file = readdirSync(folder).find((name) => name.endsWith(".template.json"));
  if (file === undefined) throw new Error(`the app wrote no template into ${folder}:\n${said}`);
  return { folder, template: Template.parse(JSON.parse(readFileSync(join(folder, file), "utf8"))) };
}
