import { writeFileSync } from "node:fs";
import { vi } from "vitest";
import { sharedTime } from "../../infra/local/virtual-time.ts";
import type { ConfigurationInput } from "../../shared/contracts/configuration.ts";
import type { Tables } from "./tables.ts";

interface DeploymentOptions {
  readonly tables: Tables;
  readonly configuration: ConfigurationInput;
  /** Endpoints of what there is beside tables. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Epoch ms at which its clock stands still, and by which the table engine dates its answers. @default the system's clock */
  readonly stoppedAtMs?: number;
}

/**
 * Writes the file by which the operator's command reaches a deployment on the tables of a test. No queue answers. The
 * command sets the file's environment for its process: unstub it after the test.
 */
export async function writeDeployment(
  file: string,
  { tables, configuration, environment: others = {}, stoppedAtMs }: DeploymentOptions,
): Promise<void> {
  const endpoint = await tables.client.config.endpoint?.();
  const environment = {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "cli",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_ENDPOINT_URL_DYNAMODB: `http://${endpoint?.hostname}:${endpoint?.port}`,
    ...others,
  };
  for (const name of Object.keys(environment)) vi.stubEnv(name, "");
  if (stoppedAtMs !== undefined) dateAnswersFrom(stoppedAtMs);
  const queue = "http://127.0.0.1:1/000000000000/";
  const deployment = {
    configuration,
    stateTable: tables.state,
    ledgerTable: tables.ledger,
    heldTable: tables.held,
    sendQueueUrl: `${queue}send`,
    parkedQueueUrl: `${queue}parked`,
    quarantineQueueUrl: `${queue}quarantine`,
    environment,
    ...(stoppedAtMs === undefined ? {} : { clock: { realMs: 0, virtualMs: stoppedAtMs, rate: 0 } }),
  };
  writeFileSync(file, JSON.stringify(deployment));
}

/** The table engine's answers are dated by this moment from now on; its own time then goes on. */
export function dateAnswersFrom(atMs: number): void {
  Atomics.store(new BigInt64Array(sharedTime()), 0, BigInt(atMs - Date.now()));
}
