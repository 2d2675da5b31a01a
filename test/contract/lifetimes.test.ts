import { type AttributeValue, ScanCommand } from "@aws-sdk/client-dynamodb";
import { beforeAll, expect, test } from "vitest";
import { DynamoHeldMail } from "../../shared/adapters/dynamo/held-mail.ts";
import { DynamoProofStore } from "../../shared/adapters/dynamo/proof-store.ts";
import { DynamoReceiptStore } from "../../shared/adapters/dynamo/receipt-store.ts";
import { dayMs } from "../../shared/domain/utc-day.ts";
import { aHeldMessage, noonMs } from "../support/builders.ts";
import { useTables } from "../support/tables.ts";

// DynamoDB reads a time to live in seconds: one in milliseconds is never reached, and what was to go stays for ever.

const tables = useTables();
let kept: Record<string, AttributeValue>[];

beforeAll(async () => {
  const { client, held, ledger } = tables();
  await new DynamoHeldMail(client, held).hold(aHeldMessage({ holdId: "life", untilMs: noonMs + dayMs }), "{}");
  await new DynamoReceiptStore(client, ledger).put({ batch: "life", sent: [0], unknown: [] }, noonMs);
  await new DynamoProofStore(client, ledger).add("life", [0], noonMs);
  const scans = [held, ledger].map((table) => client.send(new ScanCommand({ TableName: table })));
  kept = (await Promise.all(scans)).flatMap(({ Items: items = [] }) => items);
});

test.each([
  { what: "the body of held mail, 14 days after its time", pk: "body#life", afterMs: 15 * dayMs },
  { what: "a receipt, a week longer than its claims", pk: "receipt#life", afterMs: 63 * dayMs },
  { what: "proof of sending, as long as a receipt", pk: "proof#life", afterMs: 63 * dayMs },
])("$what, goes by itself", ({ pk, afterMs }) => {
  const found = kept.filter((item) => item.pk?.S === pk).map(({ expiresAt }) => Number(expiresAt?.N));
  expect(found).toEqual([(noonMs + afterMs) / 1_000]);
});
