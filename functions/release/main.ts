import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoAllowanceLedger } from "../../shared/adapters/dynamo/allowance-ledger.ts";
import { DynamoHeldMail } from "../../shared/adapters/dynamo/held-mail.ts";
import { jsonLog } from "../../shared/adapters/json-log.ts";
import { SqsMailQueue } from "../../shared/adapters/sqs/sqs-mail-queue.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import { ReleaseEnvironment } from "../../shared/contracts/environment.ts";
import { poolsOf } from "../../shared/contracts/parse-configuration.ts";
import { deployedConfiguration } from "../configuration.ts";
import { makeHandler } from "./handler.ts";

const environment = ReleaseEnvironment.parse(process.env);
const tables = new DynamoDBClient({});

export const handler = makeHandler({
  pools: poolsOf(deployedConfiguration()),
  ports: {
    clock: systemClock,
    held: new DynamoHeldMail(tables, environment.HELD_TABLE),
    allowances: new DynamoAllowanceLedger(tables, environment.STATE_TABLE),
    sendQueue: new SqsMailQueue(new SQSClient({}), environment.SEND_QUEUE_URL),
    log: jsonLog,
  },
});
