import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { SESv2Client } from "@aws-sdk/client-sesv2";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Chance } from "../../../shared/ports/chance.ts";
import type { Clock } from "../../../shared/ports/clock.ts";
import type { Log, LogFields } from "../../../shared/ports/log.ts";
import type { Wait } from "../../../shared/ports/wait.ts";
import type { Service } from "../aws/service.ts";
import { type ClientSettings, SimulatedClient, type Stage } from "../engine/client.ts";
import type { Instance } from "../engine/instance.ts";
import type { Random } from "../engine/random.ts";
import type { AllClientSettings } from "./client-settings.ts";

export const tableNames = { state: "state", ledger: "ledger", held: "held" } as const;

export interface QueueUrls {
  readonly send: string;
  readonly parked: string;
  readonly quarantine: string;
}

/** What a function's composition root is given in one instance. */
export interface Surroundings {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly wait: Wait;
  readonly log: Log;
  readonly clients: {
    readonly tables: DynamoDBClient;
    readonly counters: DynamoDBClient;
    readonly queues: SQSClient;
    readonly mail: SESv2Client;
  };
  readonly tables: typeof tableNames;
  readonly urls: QueueUrls;
}

export interface Services {
  readonly dynamo: Service;
  readonly sqs: Service;
  readonly ses: Service;
}

interface Shared {
  readonly stage: Stage;
  readonly services: Services;
  readonly settings: AllClientSettings;
  readonly urls: QueueUrls;
  /** Sees every line that is logged. */
  logged(instance: Instance, code: string, fields: LogFields): void;
}

/** 20 characters, as the product's own. */
function nameBy(random: Random): string {
  const part = (): string =>
    random
      .whole(36 ** 5)
      .toString(36)
      .padStart(5, "0");
  return `${part()}${part()}${part()}${part()}`;
}

export function surroundingsOf({ stage, services, settings, urls, logged }: Shared, instance: Instance): Surroundings {
  const client = (service: Service, of: ClientSettings): unknown => new SimulatedClient(stage, instance, service, of);
  const line = (code: string, fields: LogFields): void => {
    logged(instance, code, fields);
    stage.tell?.(`${instance.name} logs ${code} ${JSON.stringify(fields)}`);
  };
  return {
    clock: { nowMs: () => instance.nowMs() },
    chance: { id: () => nameBy(stage.random) },
    wait: (ms) => new Promise((resolve) => void instance.after(ms, resolve)),
    log: { info: line, warn: line, error: line },
    clients: {
      tables: client(services.dynamo, settings.tables) as DynamoDBClient,
      counters: client(services.dynamo, settings.counters) as DynamoDBClient,
      queues: client(services.sqs, settings.queues) as SQSClient,
      mail: client(services.ses, settings.mail) as SESv2Client,
    },
    tables: tableNames,
    urls,
  };
}
