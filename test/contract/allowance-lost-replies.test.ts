import { type DynamoDBClient, DynamoDBServiceException } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { DynamoAllowanceLedger } from "../../shared/adapters/dynamo/allowance-ledger.ts";
import { DynamoAllowanceStore } from "../../shared/adapters/dynamo/allowance-store.ts";
import { systemChance } from "../../shared/adapters/system-chance.ts";
import { allowanceAt, freshNames, noonMs } from "../support/builders.ts";
import { ManualClock } from "../support/fakes/manual-clock.ts";
import { reserveAt } from "../support/reserve.ts";
import { noWait, useTables } from "../support/tables.ts";

const tables = useTables();
const newPool = freshNames("pool");
const newKey = () => allowanceAt("gmail", "warming", newPool());

const storeOf = (client: DynamoDBClient, table: string, clock: ManualClock) =>
  new DynamoAllowanceStore({ counters: client, reads: client }, table, {
    clock,
    chance: systemChance,
    wait: async () => {},
  });

test("a reservation that DynamoDB refuses is not asked for again", async () => {
  const { client, state } = tables();
  let calls = 0;
  const refused = new DynamoDBServiceException({
    name: "AccessDeniedException",
    $fault: "client",
    $metadata: { httpStatusCode: 400 },
    message: "not authorized to perform: dynamodb:UpdateItem",
  });
  const counters = Object.create(client, {
    send: {
      value: async () => {
        calls += 1;
        throw refused;
      },
    },
  });
  const around = { clock: new ManualClock(noonMs), chance: systemChance, wait: async () => {} };
  const store = new DynamoAllowanceStore({ counters, reads: client }, state, around);
  const key = newKey();
  await new DynamoAllowanceLedger(client, state, noWait).open(key, 5);
  expect(await reserveAt(store, key, 2)).toEqual({ kind: "unknown", error: "AccessDeniedException" });
  expect(calls).toBe(1);
});

describe("a reservation whose reply is lost", () => {
  const open = async (limit: number) => {
    const { client, state, another } = tables();
    const [engine, ledger, key] = [another(), new DynamoAllowanceLedger(client, state, noWait), newKey()];
    const store = storeOf(engine.client, state, new ManualClock(noonMs));
    await ledger.open(key, limit);
    await reserveAt(store, key, 1); // from here on a reservation is one call
    const used = async () => (await ledger.read([key]))[0]?.allowance.used;
    return { store, engine, key, used };
  };

  test("is made again and counts once", async () => {
    const { store, engine, key, used } = await open(5);
    engine.loseNextReply();
    expect(await reserveAt(store, key, 2)).toMatchObject({ kind: "granted", recipients: 2 });
    expect(await used()).toBe(3);
  });

  test("is granted although it took the last room itself", async () => {
    const { store, engine, key, used } = await open(3);
    engine.loseNextReply();
    expect(await reserveAt(store, key, 2)).toMatchObject({ kind: "granted", recipients: 2 });
    expect(await used()).toBe(3);
  });

  test("is unknown when every reply is lost, and counts as used", async () => {
    const { store, engine, key, used } = await open(5);
    for (let reply = 0; reply < 8; reply += 1) engine.loseNextReply();
    expect(await reserveAt(store, key, 2)).toEqual({ kind: "unknown" });
    expect(await used()).toBe(3);
  });
});
