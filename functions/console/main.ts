import { queueClient, tableClient } from "../../shared/adapters/clients.ts";
import { DynamoAllowanceLedger } from "../../shared/adapters/dynamo/allowance-ledger.ts";
import { DynamoBrakes } from "../../shared/adapters/dynamo/brake-record.ts";
import { DynamoHeldMail } from "../../shared/adapters/dynamo/held-mail.ts";
import { DynamoLifeCycles } from "../../shared/adapters/dynamo/life-cycles.ts";
import { DynamoOutcomeStore } from "../../shared/adapters/dynamo/outcome-store.ts";
import { DynamoProgress } from "../../shared/adapters/dynamo/progress.ts";
import { DynamoRampRecord } from "../../shared/adapters/dynamo/ramp-record.ts";
import { DynamoReferenceEvidence } from "../../shared/adapters/dynamo/reference-evidence.ts";
import { DynamoSetAsideStore } from "../../shared/adapters/dynamo/set-aside-store.ts";
import { DynamoWalls } from "../../shared/adapters/dynamo/walls.ts";
import { SqsQueueDepths } from "../../shared/adapters/sqs/sqs-queue-depths.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import { systemWait } from "../../shared/adapters/system-wait.ts";
import { ConsoleEnvironment } from "../../shared/contracts/environment.ts";
import { poolsOf, streamsOf } from "../../shared/contracts/parse-configuration.ts";
import { deployedConfiguration } from "../configuration.ts";
import { makeHandler } from "./handler.ts";

const environment = ConsoleEnvironment.parse(process.env);
const configuration = deployedConfiguration();
const tables = tableClient();

export const handler = makeHandler({
  settings: { pools: poolsOf(configuration), streams: streamsOf(configuration) },
  ports: {
    clock: systemClock,
    record: new DynamoRampRecord(tables, environment.STATE_TABLE),
    allowances: new DynamoAllowanceLedger(tables, environment.STATE_TABLE, systemWait),
    lifeCycles: new DynamoLifeCycles(tables, environment.STATE_TABLE),
    progress: new DynamoProgress(tables, environment.STATE_TABLE),
    brakes: new DynamoBrakes(tables, environment.STATE_TABLE),
    outcomes: new DynamoOutcomeStore(tables, environment.STATE_TABLE),
    walls: new DynamoWalls(tables, environment.STATE_TABLE),
    evidence: new DynamoReferenceEvidence(tables, environment.STATE_TABLE),
    held: new DynamoHeldMail(tables, environment.HELD_TABLE),
    queues: new SqsQueueDepths(queueClient(), {
      send: [environment.SEND_QUEUE_URL],
      parked: [environment.PARKED_QUEUE_URL],
      quarantine: [environment.QUARANTINE_QUEUE_URL],
      deadLetters: [
        environment.SEND_DEAD_LETTERS_URL,
        environment.PARKED_DEAD_LETTERS_URL,
        environment.FEEDBACK_DEAD_LETTERS_URL,
        environment.PROOF_DEAD_LETTERS_URL,
      ],
    }),
    setAside: new DynamoSetAsideStore(tables, environment.HELD_TABLE),
    closedDays: new Map(),
  },
});
