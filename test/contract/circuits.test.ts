import { describe, expect, test } from "vitest";
import { DynamoCircuits } from "../../shared/adapters/dynamo/circuits.ts";
import { account, type CircuitScope, circuitAt, scopeText } from "../../shared/domain/sending/circuit.ts";
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
const newSet = (): CircuitScope => ({ kind: "configuration-set", name: newName() });

describe.each(engines)("circuits %s", (_, open) => {
  test("keeps one for each scope", async () => {
    const circuits = open();
    const kept = [
      circuitAt(account, "ses-quota", noonMs),
      circuitAt({ kind: "configuration-set", name: newName() }, "ses-misconfigured", noonMs),
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
    expect((await circuits.read()).circuits.find((each) => scopeText(each.scope) === scopeText(scope))).toMatchObject({
      reason: "ses-misconfigured",
    });
  });
});
