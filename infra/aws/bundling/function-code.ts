import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AssetHashType, DockerImage, type ILocalBundling } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { Configuration } from "../../../shared/contracts/configuration.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const main = fileURLToPath(new URL("main.ts", import.meta.url));

/** The bundle of the function in this folder under `functions/`, with the configuration built in: `index.mjs`. */
export function functionCode(folder: string, configuration: Configuration): Code {
  return Code.fromAsset(join(root, "functions", folder), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry("none: bundled without a container"),
      local: new LocalBundling(join(root, "functions", folder, "main.ts"), {
        // A string literal that holds JSON, hence twice.
        WARM_UP_CONFIGURATION: JSON.stringify(JSON.stringify(configuration)),
      }),
    },
  });
}

class LocalBundling implements ILocalBundling {
  /** The CDK bundles once for all assets whose options, these fields among them, are the same. */
  readonly entry: string;
  readonly define: Readonly<Record<string, string>>;

  constructor(entry: string, define: Readonly<Record<string, string>>) {
    this.entry = entry;
    this.define = define;
  }

  tryBundle(outputDir: string): boolean {
    const settings = { entry: this.entry, define: this.define, outfile: join(outputDir, "index.mjs") };
    execFileSync(process.execPath, [main], {
      cwd: root,
      input: JSON.stringify(settings),
      stdio: ["pipe", "ignore", "inherit"],
    });
    return true;
  }
}
