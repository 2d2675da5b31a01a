import { counterClient, tableClient } from "../../shared/adapters/clients.ts";
import { DynamoOutcomeStore } from "../../shared/adapters/dynamo/outcome-store.ts";
import { DynamoProofStore } from "../../shared/adapters/dynamo/proof-store.ts";
import { DynamoReceiptStore } from "../../shared/adapters/dynamo/receipt-store.ts";
import { jsonLog } from "../../shared/adapters/json-log.ts";
import { systemClock } from "../../shared/adapters/system-clock.ts";
import { FeedbackEnvironment } from "../../shared/contracts/environment.ts";
import { providerDirectory } from "../../shared/domain/routing/mailbox-provider.ts";
import { deployedConfiguration } from "../configuration.ts";
import { makeHandler } from "./handler.ts";

const environment = FeedbackEnvironment.parse(process.env);
const tables = tableClient();

export const handler = makeHandler({
  providers: providerDirectory(deployedConfiguration().mailboxProviders),
  ports: {
    clock: systemClock,
    outcomes: new DynamoOutcomeStore(counterClient(), environment.STATE_TABLE),
    receipts: new DynamoReceiptStore(tables, environment.LEDGER_TABLE),
    proofs: new DynamoProofStore(tables, environment.LEDGER_TABLE),
    log: jsonLog,
  },
});
