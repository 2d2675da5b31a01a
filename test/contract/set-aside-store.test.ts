import { describe, expect, test } from "vitest";
import { DynamoSetAsideStore } from "../../shared/adapters/dynamo/set-aside-store.ts";
import { type SetAside, setAsideName } from "../../shared/domain/set-aside/set-aside.ts";
import type { SetAsideStore } from "../../shared/ports/set-aside-store.ts";
import { freshNames, minuteMs, noonMs } from "../support/builders.ts";
import { MemorySetAside } from "../support/fakes/memory-set-aside.ts";
import { aSetAside, listed } from "../support/set-aside.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const engines: [string, () => SetAsideStore][] = [
  ["in memory", () => new MemorySetAside()],
  ["in DynamoDB", () => new DynamoSetAsideStore(tables().client, tables().held)],
];
const newMessage = freshNames("sqs-");
const newEntry = (changes: Partial<SetAside> = {}) => {
  const name = setAsideName(changes.atMs ?? noonMs, newMessage());
  return aSetAside({ name, body: { name, pieces: 1 }, ...changes });
};

/** Only these entries, in the order of the list: the tables are kept for the tests after each. */
async function among(store: SetAsideStore, ...entries: SetAside[]): Promise<SetAside[]> {
  const names = new Set(entries.map(({ name }) => name));
  const all = [...(await listed(store, "quarantine")), ...(await listed(store, "dead-letters"))];
  return all.filter(({ name }) => names.has(name));
}

describe.each(engines)("what was set aside %s", (_, open) => {
  test("is listed by place, the latest first, with all that is known of it", async () => {
    const store = open();
    const early = newEntry({ atMs: noonMs - minuteMs });
    const late = newEntry();
    const dead = newEntry({ place: "dead-letters", queue: "parked" });
    for (const entry of [early, late, dead]) await store.add(entry, "{}");
    expect(await among(store, early, late, dead)).toEqual([late, early, dead]);
  });

  test("is kept with its body, as it came", async () => {
    const store = open();
    const entry = newEntry();
    await store.add(entry, `{"subject":"€ 😀 \u0000"}`);
    expect(await store.body(entry)).toBe(`{"subject":"€ 😀 \u0000"}`);
  });

  test.each([0, 1])(
    "keeps a body of 1 MiB that came in two pieces, the later one first or last (%i)",
    async (first) => {
      const store = open();
      const base = newEntry();
      const entry = { ...base, body: { name: base.name, pieces: 2 } };
      const [one, other] = ["x".repeat(1_000_000), "y".repeat(48_576)];
      const writes = [() => store.add(entry, one), () => store.addPiece(entry.body.name, 2, other, entry.keptUntilMs)];
      await writes[first]!();
      expect(await store.body(entry)).toBeUndefined();
      await writes[1 - first]!();
      expect((await store.body(entry)) === one + other).toBe(true);
    },
  );

  test("may have no names, no first time and no body", async () => {
    const store = open();
    const entry = newEntry({ id: undefined, stream: undefined, enqueuedAtMs: undefined, body: undefined });
    await store.add(entry, undefined);
    expect(await among(store, entry)).toEqual([entry]);
    expect(await store.body(entry)).toBeUndefined();
  });

  test("is one entry however often it is added, and the first one stays", async () => {
    const store = open();
    const entry = newEntry();
    await store.add(entry, "{}");
    await store.add({ ...entry, atMs: entry.atMs + minuteMs }, "{}");
    expect(await among(store, entry)).toEqual([entry]);
  });

  test("counts by place", async () => {
    const store = open();
    const before = await store.count("dead-letters", noonMs);
    await store.add(newEntry({ place: "dead-letters" }), "{}");
    await store.add(newEntry(), "{}");
    expect(await store.count("dead-letters", noonMs)).toBe(before + 1);
  });

  test("is gone once its time is over, whether or not the store has removed it", async () => {
    const store = open();
    const entry = newEntry({ keptUntilMs: noonMs + minuteMs });
    await store.add(entry, "{}");
    const before = await store.count("quarantine", noonMs);
    expect(await store.count("quarantine", noonMs + minuteMs)).toBeLessThan(before);
    expect((await listed(store, "quarantine", noonMs + minuteMs)).map(({ name }) => name)).not.toContain(entry.name);
  });

  test("is removed with every piece of its body, safe to repeat", async () => {
    const store = open();
    const base = newEntry();
    const entry = { ...base, body: { name: base.name, pieces: 2 } };
    await store.add(entry, "one");
    await store.addPiece(entry.body.name, 2, "two", entry.keptUntilMs);
    await store.remove(entry);
    await store.remove(entry);
    expect(await among(store, entry)).toEqual([]);
    expect(await store.body(entry)).toBeUndefined();
  });
});

test("more than a page of DynamoDB (1 MB) is counted and listed", async () => {
  const store = new DynamoSetAsideStore(tables().client, tables().held);
  const before = await store.count("dead-letters", noonMs);
  const sentence = "x".repeat(200_000);
  for (let n = 0; n < 7; n += 1)
    await store.add(newEntry({ place: "dead-letters", sentence, body: undefined }), undefined);
  expect(await store.count("dead-letters", noonMs)).toBe(before + 7);
  expect(await listed(store, "dead-letters")).toHaveLength(before + 7);
});
