import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as z from "zod";
import { deploymentFileIn, isRunning, runningSystems } from "../infra/local/local-systems.ts";
import { systemClock } from "../shared/adapters/system-clock.ts";
import { Configuration } from "../shared/contracts/configuration.ts";
import type { Clock } from "../shared/ports/clock.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

const name = z.string("expected a name").min(1, "expected a name");
const figure = z.number("expected a number");
const queueUrl = z.url("expected the URL of an SQS queue");

/** How the command reaches one deployment. Keys that are not known are for others. */
const Deployment = z.object({
  /** As it was deployed. */
  configuration: Configuration,
  stateTable: name,
  ledgerTable: name,
  heldTable: name,
  sendQueueUrl: queueUrl,
  parkedQueueUrl: queueUrl,
  quarantineQueueUrl: queueUrl,
  /** Only what is put back there needs these two. */
  feedbackQueueUrl: queueUrl.optional(),
  proofQueueUrl: queueUrl.optional(),
  /** The dead letters of all consumed queues: the ways into the list of what was set aside. */
  deadLettersQueueUrls: z.array(queueUrl).default([]),
  /** Settings of the AWS SDK (Region, profile, endpoints) that belong to this deployment; they win over the shell's. */
  environment: z
    .record(z.string().regex(/^AWS_[A-Z0-9_]+$/, "expected a variable of the AWS SDK, AWS_..."), z.string())
    .default({}),
  /** A deployment on a clock of its own: when this machine's read `realMs` it read `virtualMs`, and runs at `rate`. */
  clock: z.object({ realMs: figure, virtualMs: figure, rate: figure.min(0) }).optional(),
});
export type Deployment = z.output<typeof Deployment>;

/** The options by which every verb that needs a deployment names it. */
export const deploymentOption = { deployment: { type: "string" }, "data-dir": { type: "string" } } as const;

/** What a command line says of the deployment that is meant. */
export interface NamedDeployment {
  /** Path of its file. */
  readonly deployment?: string | undefined;
  /** The folder of a local system. */
  readonly "data-dir"?: string | undefined;
}

const variable = "SES_WARMUP_DEPLOYMENT";
const whatToDo = `Name a deployment file with --deployment FILE or ${variable}, or run "npm start" for the local system.`;

/** Reads the deployment that an option, the environment or a local run names, in this order. @throws UsageError */
export function readDeployment(named: NamedDeployment, terminal: Terminal): Deployment {
  const path = fileOf(named, terminal);
  if (!existsSync(path)) throw new UsageError(`There is no deployment file ${path}. ${whatToDo}`);
  const result = Deployment.safeParse(readJson(path));
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join(".") || "(top level)"}: ${issue.message}`);
  throw new UsageError(`${path} does not describe a deployment. Correct these:\n${lines.join("\n")}`);
}

function fileOf({ deployment, "data-dir": dataDir }: NamedDeployment, { env, root, folder }: Terminal): string {
  if (deployment !== undefined && dataDir !== undefined) {
    throw new UsageError("--deployment and --data-dir both name a deployment: give one of them.");
  }
  if (dataDir !== undefined) return deploymentFileIn(running(resolve(folder, dataDir)));
  const file = deployment ?? env[variable];
  return file === undefined ? deploymentFileIn(onlySystem(runningSystems(root))) : resolve(folder, file);
}

function running(dataFolder: string): string {
  if (isRunning(dataFolder)) return dataFolder;
  throw new UsageError(`No local system runs on ${dataFolder}: start it with "npm start -- --data-dir ${dataFolder}".`);
}

/** An order is never given to a system that nobody named where more than one could be meant. */
function onlySystem(systems: readonly string[]): string {
  const [only, ...others] = systems;
  if (only === undefined) throw new UsageError(`No local system of this checkout runs. ${whatToDo}`);
  if (others.length === 0) return only;
  const lines = systems.map((folder) => `  --data-dir ${folder}`);
  throw new UsageError(
    `${systems.length} local systems of this checkout run. Say which one is meant:\n${lines.join("\n")}`,
  );
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UsageError(`${path} cannot be read as JSON: ${String(error)}. ${whatToDo}`, { cause: error });
  }
}

/** The time as the deployment's functions see it. */
export function clockOf({ clock }: Deployment): Clock {
  if (clock === undefined) return systemClock;
  const { realMs, virtualMs, rate } = clock;
  return { nowMs: () => virtualMs + (systemClock.nowMs() - realMs) * rate };
}
