import type { DispatcherEnvironment, Variables } from "../../../shared/contracts/environment.ts";

/** Names of the two tables the send path writes. */
export const tableNames = { state: "state", ledger: "ledger" } as const;

/** Engine addresses, by the service's name in `AWS_ENDPOINT_URL_*`. */
export interface Endpoints {
  readonly DYNAMODB: string;
  readonly SESV2: string;
}

/** Nothing listens there: mail that is parked or set aside fails, and the checkers find it unsent. */
const nowhere = "http://127.0.0.1:9";

const queueUrl = (name: string): string => `${nowhere}/000000000000/${name}`;

/** The environment of a dispatcher at the engines, and nothing of AWS. */
export function environmentFor(endpoints: Endpoints): Readonly<Record<string, string>> {
  return {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.DYNAMODB,
    AWS_ENDPOINT_URL_SESV2: endpoints.SESV2,
    AWS_ENDPOINT_URL_SQS: nowhere,
    // Metrics are lines of standard output, which is the result's.
    POWERTOOLS_METRICS_DISABLED: "true",
    ...({
      STATE_TABLE: tableNames.state,
      LEDGER_TABLE: tableNames.ledger,
      HELD_TABLE: "held",
      SEND_QUEUE_URL: queueUrl("send"),
      PARKED_QUEUE_URL: queueUrl("parked"),
      QUARANTINE_QUEUE_URL: queueUrl("quarantine"),
      // As the stack sets them.
      SEND_TIMEOUT_MS: "10000",
      SEND_CONCURRENCY: "10",
      MOST_SENDERS: "7",
    } satisfies Variables<DispatcherEnvironment>),
  };
}
