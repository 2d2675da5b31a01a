import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoAllowanceLedger } from "../shared/adapters/dynamo/allowance-ledger.ts";
import { DynamoHeldMail } from "../shared/adapters/dynamo/held-mail.ts";
import { DynamoOutcomeStore } from "../shared/adapters/dynamo/outcome-store.ts";
import { DynamoRampRecord } from "../shared/adapters/dynamo/ramp-record.ts";
import { SqsQueueDepths } from "../shared/adapters/sqs/sqs-queue-depths.ts";
import type { StatusPorts } from "../shared/app/status/read-status.ts";
import { clockOf, type Deployment } from "./deployment.ts";

/** The adapters over a deployment's tables and queues. The AWS SDK reads its settings from the environment. */
export function openDeployment(deployment: Deployment): StatusPorts {
  Object.assign(process.env, deployment.environment);
  const tables = new DynamoDBClient({});
  return {
    clock: clockOf(deployment),
    record: new DynamoRampRecord(tables, deployment.stateTable),
    allowances: new DynamoAllowanceLedger(tables, deployment.stateTable),
    outcomes: new DynamoOutcomeStore(tables, deployment.stateTable),
    held: new DynamoHeldMail(tables, deployment.heldTable),
    queues: new SqsQueueDepths(new SQSClient({}), {
      send: deployment.sendQueueUrl,
      parked: deployment.parkedQueueUrl,
      quarantine: deployment.quarantineQueueUrl,
    }),
  };
}
