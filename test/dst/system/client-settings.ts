import { counterClient, mailClient, queueClient, tableClient } from "../../../shared/adapters/clients.ts";
import type { ClientSettings } from "../engine/client.ts";

interface SdkClient {
  readonly config: { maxAttempts(): Promise<number>; readonly requestHandler: object };
}

interface Limits {
  readonly requestTimeout?: number;
  readonly throwOnRequestTimeout?: boolean;
}

export interface AllClientSettings {
  readonly tables: ClientSettings;
  readonly counters: ClientSettings;
  readonly queues: ClientSettings;
  readonly mail: ClientSettings;
}

/** Attempts and time limits as the product's own clients carry them: what is set there is what is simulated. */
export async function readClientSettings(): Promise<AllClientSettings> {
  process.env.AWS_REGION ??= "us-east-1";
  const [tables, counters, queues, mail] = await Promise.all([
    settingsOf(tableClient()),
    settingsOf(counterClient()),
    settingsOf(queueClient()),
    settingsOf(mailClient()),
  ]);
  return { tables, counters, queues, mail };
}

async function settingsOf(client: SdkClient): Promise<ClientSettings> {
  const attempts = await client.config.maxAttempts();
  const { configProvider } = client.config.requestHandler as { configProvider?: Promise<Limits> };
  const { requestTimeout, throwOnRequestTimeout } = (await configProvider) ?? {};
  // Without the second setting the SDK only warns and waits on.
  return { attempts, timeoutMs: throwOnRequestTimeout === true ? requestTimeout : undefined };
}
