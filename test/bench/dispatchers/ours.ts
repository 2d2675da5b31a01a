import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { ConfigurationInput } from "../../../shared/contracts/configuration.ts";
import { parseConfiguration } from "../../../shared/contracts/parse-configuration.ts";
import { aContext } from "../../support/lambda.ts";
import { type Endpoints, environmentFor } from "./environment.ts";

/** Works one batch of the send queue. @returns the records that go back */
export type Dispatcher = (batch: SQSEvent) => Promise<SQSBatchResponse>;

/** Stream `news` as an operator writes it; what is left out has the shipped default. */
export type StreamInput = Partial<ConfigurationInput["streams"][string]>;

let instances = 0;

/**
 * A new instance of the production dispatcher: its own `main.ts`, in the environment and with the configuration that the
 * stack would give it. One pool and one stream, both `news`.
 */
export async function ourDispatcher(endpoints: Endpoints, stream: StreamInput = {}): Promise<Dispatcher> {
  const configuration = parseConfiguration({
    identities: ["example.com"],
    pools: { news: { ips: ["192.0.2.1"] } },
    streams: { news: { pool: "news", ...stream } },
  });
  Object.assign(process.env, environmentFor(endpoints));
  // The stack's bundler puts the configuration in the place of this name.
  Object.assign(globalThis, { WARM_UP_CONFIGURATION: JSON.stringify(configuration) });
  dropLogs();
  instances += 1;
  const main: { readonly handler: (batch: SQSEvent, context: Context) => Promise<SQSBatchResponse> } = await import(
    `../../../functions/dispatcher/main.ts?instance=${instances}`
  );
  return (batch) => main.handler(batch, aContext);
}

/** Makes each line as the runtime does and drops it: a benchmark's own output stays readable. */
function dropLogs(): void {
  for (const level of ["info", "warn", "error"] as const) {
    console[level] = (fields: unknown) => void JSON.stringify({ level, message: fields });
  }
}
