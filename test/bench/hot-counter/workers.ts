import { ThrottlingException, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { DynamoAllowanceStore } from "../../../shared/adapters/dynamo/allowance-store.ts";
import type { DispatchPorts, DispatchRecord } from "../../../shared/app/dispatch/dispatch-ports.ts";
import { draw } from "../../../shared/domain/provider-model/draw.ts";
import { aRecord } from "../../support/builders.ts";
import { TestDispatcher } from "../../support/dispatcher.ts";
import type { CountingChance } from "../../support/fakes/counting-chance.ts";
import { type HotTable, latencyMs } from "./hot-table.ts";
import type { Load } from "./load.ts";

const record = aRecord();

function recordOf(message: number): DispatchRecord {
  return { ...record, recordId: String(message), message: { ...record.message, id: `order-${message}` } };
}

/** The production use case and allowance store; claims, receipts and SES take their time and are never throttled. */
export async function ourWorker(load: Load, table: HotTable, chance: CountingChance): Promise<void> {
  const { clock } = load;
  const { wait } = clock;
  const client = table.asClient();
  const dispatcher = new TestDispatcher({ sharedAllowed: false, whenFull: "hold" });
  dispatcher.settings = { ...dispatcher.settings, sendConcurrency: 10 };
  const { claims, receipts } = dispatcher;
  const late: Partial<DispatchPorts> = {
    claims: {
      claim: (...given) => wait(latencyMs).then(() => claims.claim(...given)),
      takeOver: (...given) => wait(latencyMs).then(() => claims.takeOver(...given)),
    },
    receipts: {
      put: (receipt) => wait(latencyMs).then(() => receipts.put(receipt)),
      get: (...given) => wait(latencyMs).then(() => receipts.get(...given)),
    },
    allowances: new DynamoAllowanceStore({ counters: client, reads: client }, "state", { clock, chance, wait }),
    sender: {
      send: async (_route, _email, tags) => {
        await load.send(Number(tags["sw-message"]?.replace("order-", "")));
        return { kind: "accepted" };
      },
    },
  };
  dispatcher.instead = { ...late, clock, chance };
  await load.work(async (batch) => {
    dispatcher.clock.atMs = clock.nowMs();
    const outcomes = await dispatcher.dispatch(...batch.map(recordOf));
    for (const [index, message] of batch.entries()) if (outcomes[index]?.kind === "again") load.giveBack(message);
  });
}

/** One update of the counter for each message, with the retries of a DynamoDB client; the rest takes the same time. */
export async function textbookWorker(load: Load, table: HotTable, limit: number): Promise<void> {
  await load.work(async (batch) => {
    await Promise.all(batch.map((message) => textbookSend(load, table, { message, limit })));
  });
}

async function textbookSend(
  load: Load,
  table: HotTable,
  { message, limit }: { readonly message: number; readonly limit: number },
): Promise<void> {
  const { wait } = load.clock;
  await wait(latencyMs);
  try {
    await countOne(load, table, { message, limit });
  } catch {
    load.giveBack(message);
    return;
  }
  await load.send(message);
  await wait(latencyMs);
}

/** As the SDK does it: four attempts; a throttled one waits for up to 1, 2 and 4 s, at random. */
async function countOne(
  load: Load,
  table: HotTable,
  { message, limit }: { readonly message: number; readonly limit: number },
): Promise<void> {
  const command = new UpdateItemCommand({
    TableName: "state",
    Key: {},
    UpdateExpression: "SET used = used + :one",
    ConditionExpression: "used < :limit",
    ExpressionAttributeValues: { ":one": { N: "1" }, ":limit": { N: String(limit) } },
  });
  for (let retries = 0; retries < 3; retries += 1) {
    try {
      await table.asClient().send(command);
      return;
    } catch (error) {
      if (!(error instanceof ThrottlingException)) throw error;
      await load.clock.wait(draw(message, retries, load.clock.nowMs()) * 1000 * 2 ** retries);
    }
  }
  await table.asClient().send(command);
}
