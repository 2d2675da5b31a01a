import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle, leanPlugins } from "../../../infra/aws/bundling/bundle.ts";
import { synthesize } from "../../../infra/local/synthesize.ts";
import { FunctionProperties } from "../../../infra/local/template/declarations.ts";
import { declared } from "../../../infra/local/template/template.ts";

/** A function's bundle as it would be uploaded. */
export interface Bundle {
  readonly file: string;
  /** Of the code alone; its source map is another file. */
  readonly bytes: number;
  /** What the stack gives Node beside the function's own variables. */
  readonly nodeOptions: string;
}

/** The dispatcher's bundle as the stack would deploy it. @param folder - an empty one */
export async function ourBundle(folder: string): Promise<Bundle> {
  const { template } = await synthesize("infra/local/warm-up.config.ts", folder);
  const dispatcher = declared(template, "AWS::Lambda::Function").find(({ id }) => id.includes("Dispatcher"));
  const { Code, Handler, Runtime, Timeout, Environment } = Object(dispatcher?.properties);
  const { NODE_OPTIONS } = Object(Environment?.Variables);
  const known = FunctionProperties.parse({ Code, Handler, Runtime, Timeout, Environment: { Variables: {} } });
  const file = join(folder, `asset.${known.Code.S3Key.replace(/\.zip$/, "")}`, `${known.Handler.split(".")[0]}.mjs`);
  return { file, bytes: statSync(file).size, nodeOptions: String(NODE_OPTIONS ?? "") };
}

/**
 * The textbook dispatcher with the same SDK clients.
 * @param lean - bundled as ours, with what no function can reach left out; else as esbuild does it by itself
 */
export async function textbookBundle(folder: string, nodeOptions: string, lean: boolean): Promise<Bundle> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "index.mjs");
  const entry = fileURLToPath(new URL("./textbook-main.ts", import.meta.url));
  await bundle({ entry, outfile: file, plugins: lean ? leanPlugins : [] });
  return { file, bytes: readFileSync(file).length, nodeOptions };
}
