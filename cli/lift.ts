import { parseArgs } from "node:util";
import { liftWall } from "../shared/app/quality/lift-wall.ts";
import { deploymentOption } from "./deployment.ts";
import { exitCode } from "./exit-code.ts";
import { openDeployment } from "./open-deployment.ts";
import { UsageError } from "./usage-error.ts";
import { checkDeployment, type Verb } from "./verb.ts";

const options = { ...deploymentOption, json: { type: "boolean", default: false } } as const;

/** Ends the wall of a stream whose list was cleaned. */
export const lift: Verb = {
  summary: "ends the wall of a stream whose list was cleaned; status shows the walls in force",
  options: "STREAM [--json] [--deployment FILE | --data-dir DIR]",
  afterFailure: checkDeployment,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const { settings, ports } = openDeployment(values, terminal);
    const stream = streamOf(positionals, [...settings.streams.keys()]);
    const lifted = await liftWall(ports, stream, "operator");
    if (values.json) terminal.out(JSON.stringify(lifted));
    if (lifted.result === "refused") {
      terminal.err(`lift refused: ${lifted.says}`);
      return exitCode.failed;
    }
    if (!values.json) terminal.out(lifted.says);
    return exitCode.done;
  },
};

function streamOf([stream, ...more]: readonly string[], known: readonly string[]): string {
  const streams = `its streams: ${known.join(", ")}`;
  if (stream === undefined) throw new UsageError(`Which stream? Type "lift STREAM"; ${streams}.`);
  if (more.length > 0) throw new UsageError(`${more.join(" ")}: expected one stream at a time.`);
  if (!known.includes(stream)) throw new UsageError(`${stream} is not a stream of this deployment; ${streams}.`);
  return stream;
}
