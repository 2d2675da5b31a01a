import { DeleteItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { DynamoCircuits } from "../../shared/adapters/dynamo/circuits.ts";
import { type Circuit, circuitAt, isInForce } from "../../shared/domain/sending/circuit.ts";
import { account, type CircuitScope, scopeText, setScope } from "../../shared/domain/sending/circuit-scope.ts";
import type { Circuits } from "../../shared/ports/circuits.ts";
import { freshNames, noonMs } from "../support/builders.ts";
import { MemoryCircuits } from "../support/fakes/memory-circuits.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const engines: [string, () => Circuits][] = [
  ["in memory", () => new MemoryCircuits()],
  ["in DynamoDB", () => new DynamoCircuits(tables().client, tables().state)],
];
const newName = freshNames("name");
const newSet = () => setScope(newName());

const in2Minutes = noonMs + 120_000;

describe.each(engines)("circuits %s", (_, open) => {
  test("keeps one for each scope", async () => {
    const circuits = open();
    const kept = [
      circuitAt(account, "ses-quota", noonMs),
      circuitAt(newSet(), "ses-misconfigured", noonMs),
      circuitAt({ kind: "tenant", name: newName() }, "ses-paused", noonMs),
      circuitAt({ kind: "identity", name: `${newName()}@example.com` }, "ses-misconfigured", noonMs),
    ];
    for (const circuit of kept) expect(await circuits.open(circuit)).toBe(true);
    expect((await circuits.read()).circuits).toEqual(expect.arrayContaining(kept));
  });

  test("is opened for longer, never for shorter", async () => {
    const [circuits, scope] = [open(), newSet()];
    await circuits.open(circuitAt(scope, "ses-paused", noonMs));
    expect(await circuits.open(circuitAt(scope, "ses-paused", noonMs))).toBe(false);
    expect(await circuits.open(circuitAt(scope, "ses-paused", noonMs - 1))).toBe(false);
    expect(await circuits.open(circuitAt(scope, "ses-misconfigured", noonMs + 600_000))).toBe(true);
    expect(await circuitIn(circuits, scope)).toMatchObject({ reason: "ses-misconfigured" });
  });

  test("remembers when the trouble began", async () => {
    const [circuits, scope] = [open(), newSet()];
    const first = circuitAt(scope, "ses-paused", noonMs);
    const second = circuitAt(scope, "ses-paused", in2Minutes, first);
    for (const circuit of [first, second]) await circuits.open(circuit);
    expect(await circuitIn(circuits, scope)).toEqual({ ...second, sinceMs: noonMs });
  });

  test("one of 16 that move it from what they read wins", async () => {
    const [circuits, scope] = [open(), newSet()];
    const read = circuitAt(scope, "ses-silent", noonMs);
    await circuits.open(read);
    const moved = await Promise.all(Array.from({ length: 16 }, (__, index) => circuits.move(read, in2Minutes + index)));
    expect(moved.filter((isMoved) => isMoved)).toHaveLength(1);
    expect((await circuitIn(circuits, scope))?.untilMs).toBe(in2Minutes + moved.indexOf(true));
  });

  test("is not moved once somebody has opened it anew", async () => {
    const [circuits, scope] = [open(), newSet()];
    const read = circuitAt(scope, "ses-silent", noonMs);
    await circuits.open(read);
    await circuits.open(circuitAt(scope, "ses-silent", in2Minutes));
    expect(await circuits.move(read, 0)).toBe(false);
  });

  test("counts calls without an answer over all instances, until an answer comes", async () => {
    const circuits = open();
    await circuits.countUnanswered(0, false);
    expect(await circuits.countUnanswered(2, true)).toBe(2);
    expect(await circuits.countUnanswered(1, true)).toBe(3);
    expect((await circuits.read()).unanswered).toBe(3);
    expect(await circuits.countUnanswered(1, false)).toBe(1);
  });
});

async function circuitIn(circuits: Circuits, scope: CircuitScope): Promise<Circuit | undefined> {
  return (await circuits.read()).circuits.find((each) => scopeText(each.scope) === scopeText(scope));
}

test("an item of a version that kept less is read", async () => {
  const { client, state: TableName } = tables();
  const name = newName();
  const Item = { pk: { S: "circuits" }, sk: { S: name }, because: { S: "ses-paused" }, untilMs: { N: String(noonMs) } };
  await client.send(new PutItemCommand({ TableName, Item }));
  const expected = { scope: setScope(name), reason: "ses-paused", sinceMs: noonMs, untilMs: noonMs };
  expect(await circuitIn(new DynamoCircuits(client, TableName), setScope(name))).toEqual(expected);
});

test("a count that comes before any circuit is read as a circuit that is over", async () => {
  const { client, state: TableName } = tables();
  await client.send(new DeleteItemCommand({ TableName, Key: { pk: { S: "circuits" }, sk: { S: "*" } } }));
  const circuits = new DynamoCircuits(client, TableName);
  await circuits.countUnanswered(1, true);
  const counted = await circuitIn(circuits, account);
  expect(counted === undefined || isInForce(counted, noonMs)).toBe(false);
  expect(await circuits.open(circuitAt(account, "ses-silent", noonMs))).toBe(true);
});
