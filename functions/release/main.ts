import { queueClient, tableClient } from "../../shared/adapters/clients.ts";
import { DynamoAllowanceLedger } from "../../shared/adapters/dynamo/allowance-ledger.ts";
import { DynamoCircuits } from "../../shared/adapters/dynamo/circuits.ts";
import { DynamoServiceClock } from "../../shared/adapters/dynamo/dynamo-service-clock.ts";
import { DynamoHeldMail } from "../../shared/adapters/dynamo/held-mail.ts";
import { DynamoWalls } from "../../shared/adapters/dynamo/walls.ts";
import { jsonLog } from "../../shared/adapters/json-log.ts";
import { SqsMailQueue } from "../../shared/adapters/sqs/sqs-mail-queue.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import { RecentCircuits } from "../../shared/app/dispatch/recent-circuits.ts";
import { RecentWalls } from "../../shared/app/recent-walls.ts";
import { ReleaseEnvironment } from "../../shared/contracts/environment.ts";
import { poolsOf, streamsOf } from "../../shared/contracts/parse-configuration.ts";
import { deployedConfiguration } from "../configuration.ts";
import { makeHandler } from "./handler.ts";

const environment = ReleaseEnvironment.parse(process.env);
const configuration = deployedConfiguration();
const tables = tableClient();

export const handler = makeHandler({
  ports: {
    clock: systemClock,
    serviceClock: new DynamoServiceClock(tables, environment.STATE_TABLE),
    held: new DynamoHeldMail(tables, environment.HELD_TABLE),
    allowances: new DynamoAllowanceLedger(tables, environment.STATE_TABLE),
    walls: new RecentWalls({
      walls: new DynamoWalls(tables, environment.STATE_TABLE),
      clock: systemClock,
      log: jsonLog,
    }),
    circuits: new RecentCircuits({
      circuits: new DynamoCircuits(tables, environment.STATE_TABLE),
      clock: systemClock,
      log: jsonLog,
    }),
    sendQueue: new SqsMailQueue(queueClient(), environment.SEND_QUEUE_URL),
    log: jsonLog,
  },
  deployment: { streams: streamsOf(configuration), pools: poolsOf(configuration) },
});
