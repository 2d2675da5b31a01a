import { DeleteItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { DynamoCircuits } from "../../shared/adapters/dynamo/circuits.ts";
import { DynamoSendRates } from "../../shared/adapters/dynamo/send-rates.ts";
import { tableKeys } from "../../shared/adapters/dynamo/table-keys.ts";
import { circuitAt } from "../../shared/domain/sending/circuit.ts";
import { account } from "../../shared/domain/sending/circuit-scope.ts";
import type { Circuits } from "../../shared/ports/circuits.ts";
import type { SendRates } from "../../shared/ports/send-rates.ts";
import { noonMs } from "../support/builders.ts";
import { MemoryCircuits } from "../support/fakes/memory-circuits.ts";
import { MemorySendRates } from "../support/fakes/memory-send-rates.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();

interface Opened {
  readonly rates: SendRates;
  readonly circuits: Circuits;
}

const engines: [string, () => Promise<Opened>][] = [
  [
    "in memory",
    async () => {
      const rates = new MemorySendRates();
      return { rates, circuits: new MemoryCircuits(rates) };
    },
  ],
  [
    "in DynamoDB",
    async () => {
      const { client, state } = tables();
      await client.send(new DeleteItemCommand({ TableName: state, Key: tableKeys.sendRate() }));
      return { rates: new DynamoSendRates(client, state), circuits: new DynamoCircuits(client, state) };
    },
  ],
];

describe.each(engines)("send rates %s", (_, open) => {
  test("nothing is known at first, and what is told is read with the circuits", async () => {
    const { rates, circuits } = await open();
    expect((await circuits.read()).rate).toBeUndefined();
    await rates.tell(14);
    await rates.tell(50);
    const circuit = circuitAt(account, "ses-quota", noonMs);
    await circuits.open(circuit);
    expect(await circuits.read()).toMatchObject({ circuits: [circuit], rate: { perSecond: 50, counts: [] } });
  });

  test("counts the senders of a period, beside the rate and the periods before", async () => {
    const { rates } = await open();
    await rates.tell(50);
    for (const period of [7, 7, 7, 8]) await rates.count(period);
    const { perSecond, counts } = await rates.count(8);
    expect(perSecond).toBe(50);
    expect(counts).toEqual(
      expect.arrayContaining([
        { period: 7, senders: 3 },
        { period: 8, senders: 2 },
      ]),
    );
  });

  test("a clock that is late or early counts in its own period", async () => {
    const { rates } = await open();
    for (const period of [7, 8, 9, 7]) await rates.count(period);
    expect((await rates.count(8)).counts).toEqual(
      expect.arrayContaining([
        { period: 7, senders: 2 },
        { period: 8, senders: 2 },
        { period: 9, senders: 1 },
      ]),
    );
  });

  test("many at once are all counted", async () => {
    const { rates } = await open();
    await Promise.all(Array.from({ length: 20 }, () => rates.count(7)));
    expect((await rates.count(8)).counts).toContainEqual({ period: 7, senders: 20 });
  });

  test("a period that is long over is not counted", async () => {
    const { rates } = await open();
    await rates.count(10);
    await expect(rates.count(7)).rejects.toThrow();
    expect((await rates.count(10)).counts).toContainEqual({ period: 10, senders: 2 });
  });
});
