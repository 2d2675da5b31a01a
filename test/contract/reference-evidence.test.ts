import { describe, expect, test } from "vitest";
import { DynamoReferenceEvidence } from "../../shared/adapters/dynamo/reference-evidence.ts";
import type { ArmEvidence } from "../../shared/domain/quality/reference-arm.ts";
import type { ReferenceEvidence } from "../../shared/ports/reference-evidence.ts";
import { freshNames } from "../support/builders.ts";
import { MemoryReferenceEvidence } from "../support/fakes/memory-reference-evidence.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const engines: [string, () => ReferenceEvidence][] = [
  ["in memory", () => new MemoryReferenceEvidence()],
  ["in DynamoDB", () => new DynamoReferenceEvidence(tables().client, tables().state)],
];
const newPool = freshNames("pool");

function anEvidence(changes: Partial<ArmEvidence> = {}): ArmEvidence {
  const trial = { hits: 3, total: 120, low: 0.01, high: 0.06 };
  return { verdict: "no-difference-seen", trial, control: { ...trial, hits: 4 }, why: "»why«", ...changes };
}

describe.each(engines)("reference evidence %s", (_, open) => {
  test("of a pool without any is empty", async () => {
    expect(await open().read(newPool())).toEqual([]);
  });

  test("is kept for each provider, as it is, in order of their names", async () => {
    const [evidence, pool] = [open(), newPool()];
    const better = anEvidence({ verdict: "dedicated-better" });
    await evidence.keep(pool, { provider: "yahoo", evidence: better });
    await evidence.keep(pool, { provider: "gmail", evidence: anEvidence() });
    expect(await evidence.read(pool)).toEqual([
      { provider: "gmail", evidence: anEvidence() },
      { provider: "yahoo", evidence: better },
    ]);
  });

  test("takes the place of what was there", async () => {
    const [evidence, pool] = [open(), newPool()];
    for (const verdict of ["not-yet-known", "dedicated-worse"] as const) {
      await evidence.keep(pool, { provider: "gmail", evidence: anEvidence({ verdict }) });
    }
    expect(await evidence.read(pool)).toMatchObject([{ evidence: { verdict: "dedicated-worse" } }]);
  });

  test("of one pool is not another's", async () => {
    const [evidence, pool] = [open(), newPool()];
    await evidence.keep(`${pool}-2`, { provider: "gmail", evidence: anEvidence() });
    expect(await evidence.read(pool)).toEqual([]);
  });
});
