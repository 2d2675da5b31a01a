import { describe, expect, test } from "vitest";
import { DynamoProofStore } from "../../shared/adapters/dynamo/proof-store.ts";
import { DynamoReceiptStore } from "../../shared/adapters/dynamo/receipt-store.ts";
import type { ProofStore } from "../../shared/ports/proof-store.ts";
import type { ReceiptStore } from "../../shared/ports/receipt-store.ts";
import { freshNames, noonMs } from "../support/builders.ts";
import { MemoryProofs } from "../support/fakes/memory-proofs.ts";
import { MemoryReceipts } from "../support/fakes/memory-receipts.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const newBatch = freshNames("batch");

const receiptStores: [string, () => ReceiptStore][] = [
  ["in memory", () => new MemoryReceipts()],
  ["in DynamoDB", () => new DynamoReceiptStore(tables().client, tables().ledger)],
];
const proofStores: [string, () => ProofStore][] = [
  ["in memory", () => new MemoryProofs()],
  ["in DynamoDB", () => new DynamoProofStore(tables().client, tables().ledger)],
];

describe.each(receiptStores)("receipt store %s", (_, open) => {
  test("gives back what a batch sent and what is unknown", async () => {
    const [store, batch] = [open(), newBatch()];
    const receipt = { batch, sent: [0, 3, 24], unknown: [1] };
    await store.put(receipt, noonMs);
    expect(await store.get(batch)).toEqual(receipt);
  });

  test("tells the receipt of a batch that sent nothing from no receipt", async () => {
    const [store, batch] = [open(), newBatch()];
    const nothing = { batch, sent: [], unknown: [] };
    await store.put(nothing, noonMs);
    expect(await store.get(batch)).toEqual(nothing);
    expect(await store.get(newBatch())).toBeUndefined();
  });

  test("gives back that SES answered nobody, and what it put off", async () => {
    const [store, batch] = [open(), newBatch()];
    const receipt = { batch, sent: [], unknown: [1], silent: true, putOff: [0, 2] };
    await store.put(receipt, noonMs);
    expect(await store.get(batch)).toEqual(receipt);
  });

  test("may be put again", async () => {
    const [store, batch] = [open(), newBatch()];
    const receipt = { batch, sent: [0], unknown: [] };
    await store.put(receipt, noonMs);
    await store.put(receipt, noonMs);
    expect(await store.get(batch)).toEqual(receipt);
  });
});

describe.each(proofStores)("proof store %s", (_, open) => {
  test("has no proof of a batch it knows nothing of", async () => {
    expect(await open().get(newBatch())).toEqual(new Set());
  });

  test("gathers the positions of a batch", async () => {
    const [store, batch] = [open(), newBatch()];
    await store.add(batch, [3, 0], noonMs);
    await store.add(batch, [7], noonMs);
    expect(await store.get(batch)).toEqual(new Set([0, 3, 7]));
  });

  test("repeated events change nothing", async () => {
    const [store, batch] = [open(), newBatch()];
    await store.add(batch, [1, 1], noonMs);
    await store.add(batch, [1], noonMs);
    expect(await store.get(batch)).toEqual(new Set([1]));
  });

  test("adders at once lose nothing", async () => {
    const [store, batch] = [open(), newBatch()];
    const positions = Array.from({ length: 20 }, (__, index) => index);
    await Promise.all(positions.map((position) => store.add(batch, [position], noonMs)));
    expect(await store.get(batch)).toEqual(new Set(positions));
  });

  test("proof of one batch is none of another, nor a receipt", async () => {
    const [store, batch] = [open(), newBatch()];
    await store.add(batch, [1], noonMs);
    expect(await store.get(newBatch())).toEqual(new Set());
    expect(await new DynamoReceiptStore(tables().client, tables().ledger).get(batch)).toBeUndefined();
  });
});
