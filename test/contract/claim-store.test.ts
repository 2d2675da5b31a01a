import { describe, expect, test } from "vitest";
import { DynamoClaimStore } from "../../shared/adapters/dynamo/claim-store.ts";
import type { ClaimStore } from "../../shared/ports/claim-store.ts";
import { aClaim, claimTimes, freshNames } from "../support/builders.ts";
import { MemoryClaims } from "../support/fakes/memory-claims.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const engines: [string, () => ClaimStore][] = [
  ["in memory", () => new MemoryClaims()],
  ["in DynamoDB", () => new DynamoClaimStore(tables().client, tables().ledger)],
];
const first = aClaim({ batch: "first" });
const second = aClaim({ batch: "second", position: 4, fingerprint: "same" });

const newId = freshNames("order-");

describe.each(engines)("claim store %s", (_, open) => {
  test("the first claim wins, and the second learns whose it is", async () => {
    const [store, id] = [open(), newId()];
    expect(await store.claim(id, first, claimTimes)).toEqual({ kind: "claimed" });
    expect(await store.claim(id, second, claimTimes)).toEqual({ kind: "taken", by: first });
  });

  test("a claim of one id takes no other", async () => {
    const store = open();
    await store.claim(newId(), first, claimTimes);
    expect(await store.claim(newId(), second, claimTimes)).toEqual({ kind: "claimed" });
  });

  test("an own claim found again is claimed", async () => {
    const [store, id] = [open(), newId()];
    await store.claim(id, first, claimTimes);
    expect(await store.claim(id, first, claimTimes)).toEqual({ kind: "claimed" });
  });

  test("gives back how often it was sent again in a silence, and put off", async () => {
    const [store, id] = [open(), newId()];
    const counted = aClaim({ batch: "first", silentResends: 2, putOffs: 3 });
    await store.claim(id, counted, claimTimes);
    expect(await store.claim(id, second, claimTimes)).toEqual({ kind: "taken", by: counted });
  });

  test("another position of the same batch is taken", async () => {
    const [store, id] = [open(), newId()];
    await store.claim(id, first, claimTimes);
    expect(await store.claim(id, { ...first, position: 1 }, claimTimes)).toEqual({ kind: "taken", by: first });
  });

  test("32 claimers at once have one winner, and all others learn its name", async () => {
    const [store, id] = [open(), newId()];
    const claims = Array.from({ length: 32 }, (__, index) => aClaim({ batch: `batch${index}` }));
    const answers = await Promise.all(claims.map((claim) => store.claim(id, claim, claimTimes)));
    const winner = claims[answers.findIndex(({ kind }) => kind === "claimed")];
    expect(answers.filter(({ kind }) => kind === "claimed")).toHaveLength(1);
    expect(answers.filter((answer) => answer.kind === "taken" && answer.by.batch === winner?.batch)).toHaveLength(31);
  });

  test("is kept until its time", async () => {
    const [store, id] = [open(), newId()];
    await store.claim(id, first, claimTimes);
    expect(await store.claim(id, second, { ...claimTimes, nowMs: claimTimes.untilMs - 1_000 })).toMatchObject({
      kind: "taken",
    });
  });

  test("is free once it has expired, although the store still has it", async () => {
    const [store, id] = [open(), newId()];
    await store.claim(id, first, claimTimes);
    expect(await store.claim(id, second, { ...claimTimes, nowMs: claimTimes.untilMs + 1_000 })).toEqual({
      kind: "claimed",
    });
  });

  test("an id may hold whatever an application puts into it", async () => {
    const store = open();
    const id = `${newId()}#${"ü€😀/\n".repeat(30)}`;
    await store.claim(id, first, claimTimes);
    expect(await store.claim(id, second, claimTimes)).toEqual({ kind: "taken", by: first });
  });
});

describe.each(engines)("takeover %s", (_, open) => {
  const next = { ...second, attempt: 2 };

  test("replaces exactly the claim it was decided on", async () => {
    const [store, id] = [open(), newId()];
    await store.claim(id, first, claimTimes);
    expect(await store.takeOver(id, first, next, claimTimes)).toEqual({ kind: "claimed" });
    expect(await store.claim(id, first, claimTimes)).toEqual({ kind: "taken", by: next });
  });

  test("is refused when another batch holds the claim by now", async () => {
    const [store, id] = [open(), newId()];
    await store.claim(id, first, claimTimes);
    const faster = aClaim({ batch: "faster", attempt: 2 });
    await store.takeOver(id, first, faster, claimTimes);
    expect(await store.takeOver(id, first, next, claimTimes)).toEqual({ kind: "taken", by: faster });
  });

  test("is refused when the same batch holds it with a later attempt", async () => {
    const [store, id] = [open(), newId()];
    const later = { ...first, attempt: 2 };
    await store.claim(id, later, claimTimes);
    expect(await store.takeOver(id, first, next, claimTimes)).toEqual({ kind: "taken", by: later });
  });

  test("found done already is claimed: its reply was lost", async () => {
    const [store, id] = [open(), newId()];
    await store.claim(id, first, claimTimes);
    await store.takeOver(id, first, next, claimTimes);
    expect(await store.takeOver(id, first, next, claimTimes)).toEqual({ kind: "claimed" });
  });

  test("has one winner among 16 at once", async () => {
    const [store, id] = [open(), newId()];
    await store.claim(id, first, claimTimes);
    const takers = Array.from({ length: 16 }, (__, index) => aClaim({ batch: `taker${index}`, attempt: 2 }));
    const answers = await Promise.all(takers.map((taker) => store.takeOver(id, first, taker, claimTimes)));
    expect(answers.filter(({ kind }) => kind === "claimed")).toHaveLength(1);
  });

  test("of a claim that does not exist fails and claims nothing", async () => {
    const [store, id] = [open(), newId()];
    await expect(store.takeOver(id, first, next, claimTimes)).rejects.toThrow();
    expect(await store.claim(id, first, claimTimes)).toEqual({ kind: "claimed" });
  });
});
