import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateConfigurationSetCommand, CreateEmailIdentityCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { startSesEngine } from "../../../infra/local/engines/ses/engine.ts";
import { startTableEngine } from "../../../infra/local/engines/table-engine.ts";
import { DynamoAllowanceLedger } from "../../../shared/adapters/dynamo/allowance-ledger.ts";
import { systemWait } from "../../../shared/adapters/system-wait.ts";
import { providerDirectory } from "../../../shared/domain/routing/mailbox-provider.ts";
import { type UtcDay, utcDay } from "../../../shared/domain/utc-day.ts";
import type { Clock } from "../../../shared/ports/clock.ts";
import { type Endpoints, environmentFor, tableNames } from "../dispatchers/environment.ts";

/** Wider than any run, recipients. */
const wideOpen = 1_000_000_000;

export interface Engines {
  readonly endpoints: Endpoints;
  /** First recipient of every mail that SES took. */
  sent(): string[];
  close(): Promise<void>;
}

const text = (AttributeName: string) => ({ AttributeName, AttributeType: "S" }) as const;
const hash = { AttributeName: "pk", KeyType: "HASH" } as const;
const range = { AttributeName: "sk", KeyType: "RANGE" } as const;

const schemas: readonly CreateTableCommandInput[] = [
  {
    TableName: tableNames.state,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [text("pk"), text("sk")],
    KeySchema: [hash, range],
  },
  {
    TableName: tableNames.ledger,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [text("pk")],
    KeySchema: [hash],
  },
];

/** The local engines of tables and SES, with pool `news` mid warm-up: room without end on its warming IPs. */
export async function startEngines(clock: Clock): Promise<Engines> {
  const folder = mkdtempSync(join(tmpdir(), "ses-warmup-bench-"));
  const tables = await startTableEngine(folder);
  const directory = providerDirectory();
  const mail = await startSesEngine({
    clock,
    publish: async () => {},
    providerOf: (domain) => directory.of(domain),
    account: { maxSendRate: 1_000_000 },
  });
  const endpoints = { DYNAMODB: tables.url, SESV2: mail.url };
  Object.assign(process.env, environmentFor(endpoints));
  await makeTables(utcDay(clock.nowMs()));
  await makeSets();
  return {
    endpoints,
    sent: () => mail.outbox(0, Number.MAX_SAFE_INTEGER).map(({ to }) => to[0] ?? ""),
    close: async () => {
      await mail.close();
      await tables.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function makeTables(day: UtcDay): Promise<void> {
  const client = new DynamoDBClient();
  for (const schema of schemas) await client.send(new CreateTableCommand(schema));
  const ledger = new DynamoAllowanceLedger(client, tableNames.state, systemWait);
  // Every provider, as the ramp opens them: what an item weighs is counted.
  for (const provider of providerDirectory().names) {
    await ledger.open({ pool: "news", route: "warming", provider, day }, wideOpen, { pace: "paced" });
  }
  client.destroy();
}

async function makeSets(): Promise<void> {
  const client = new SESv2Client();
  await client.send(new CreateEmailIdentityCommand({ EmailIdentity: "example.com" }));
  for (const ConfigurationSetName of ["news-warming", "news-established", "shared"]) {
    await client.send(new CreateConfigurationSetCommand({ ConfigurationSetName }));
  }
  client.destroy();
}
