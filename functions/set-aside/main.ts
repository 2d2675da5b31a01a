import { tableClient } from "../../shared/adapters/clients.ts";
import { DynamoSetAsideStore } from "../../shared/adapters/dynamo/set-aside-store.ts";
import { jsonLog } from "../../shared/adapters/json-log.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import { SetAsideEnvironment } from "../../shared/contracts/environment.ts";
import { deployedConfiguration } from "../configuration.ts";
import { makeHandler } from "./handler.ts";

const environment = SetAsideEnvironment.parse(process.env);

export const handler = makeHandler({
  keptDays: deployedConfiguration().keepSetAsideDays,
  deadLetters: {
    send: environment.SEND_DEAD_LETTERS_URL,
    parked: environment.PARKED_DEAD_LETTERS_URL,
    feedback: environment.FEEDBACK_DEAD_LETTERS_URL,
    proof: environment.PROOF_DEAD_LETTERS_URL,
  },
  ports: {
    clock: systemClock,
    setAside: new DynamoSetAsideStore(tableClient(), environment.HELD_TABLE),
    log: jsonLog,
  },
});
