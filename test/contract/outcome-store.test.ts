import { describe, expect, test } from "vitest";
import { DynamoOutcomeStore } from "../../shared/adapters/dynamo/outcome-store.ts";
import { noOutcomes } from "../../shared/domain/feedback/outcome-counts.ts";
import { type SignKind, signKinds, signText, slotMs } from "../../shared/domain/feedback/sign.ts";
import type { OutcomeStore } from "../../shared/ports/outcome-store.ts";
import { freshNames, noonMs, today } from "../support/builders.ts";
import { MemoryOutcomes } from "../support/fakes/memory-outcomes.ts";
import { newSigns } from "../support/signs.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const engines: [string, () => OutcomeStore][] = [
  ["in memory", () => new MemoryOutcomes()],
  ["in DynamoDB", () => new DynamoOutcomeStore(tables().client, tables().state)],
];
const newPool = freshNames("pool");
const at = (pool: string, fromNoonMs = 0) => ({ pool, day: today, slotMs: noonMs + fromNoonMs });
const ofStream = (...signs: string[]) => new Map([["news", new Set(signs)]]);
const news = (...signs: string[]) => new Map([["gmail", ofStream(...signs)]]);
const warming = (kind: SignKind, mail: string) => signText({ route: "warming", kind, mail });

describe.each(engines)("outcome store %s", (_, open) => {
  test("counts each kind of sign", async () => {
    const [store, pool] = [open(), newPool()];
    await store.keep(at(pool), news(...signKinds.map((kind) => warming(kind, "mail"))));
    const [reading] = await store.read(pool, today);
    expect(reading?.key).toMatchObject({ pool, stream: "news", route: "warming", provider: "gmail", day: today });
    expect(Object.values(reading?.counts ?? {})).toEqual(Object.values(noOutcomes).map(() => 1));
  });

  test("the same sign twice is one, in one write, in two, and in two slots", async () => {
    const [store, pool] = [open(), newPool()];
    const sign = warming("throttled", "mail");
    await store.keep(at(pool), news(sign));
    await store.keep(at(pool), news(sign, warming("throttled", "other mail")));
    await store.keep(at(pool, slotMs), news(sign));
    expect(await store.read(pool, today)).toMatchObject([{ counts: { deferred: 2 } }]);
  });

  test("streams of one slot are apart", async () => {
    const [store, pool] = [open(), newPool()];
    const signs = [newSigns("shared", { accepted: 2 }), newSigns("shared", { accepted: 3 })] as const;
    const byStream = new Map([
      ["digest", signs[0]],
      ["news", signs[1]],
    ]);
    await store.keep(at(pool), new Map([["gmail", byStream]]));
    const found = (await store.read(pool, today)).map(({ key, counts }) => [key.stream, counts.accepted]);
    expect(found.sort()).toEqual([
      ["digest", 2],
      ["news", 3],
    ]);
  });

  test("keepers at once lose nothing", async () => {
    const [store, pool] = [open(), newPool()];
    const writes = Array.from({ length: 20 }, () => news(...newSigns("warming", { delivered: 1 })));
    await Promise.all(writes.map((signs) => store.keep(at(pool), signs)));
    expect(await store.read(pool, today)).toMatchObject([{ counts: { delivered: 20 } }]);
  });

  test("nothing to keep is no slot", async () => {
    const [store, pool] = [open(), newPool()];
    await store.keep(at(pool), news());
    expect(await store.slots(pool, today, "gmail", 0)).toEqual([]);
  });

  test("reads one provider's slots from a moment on, in order of time", async () => {
    const [store, pool] = [open(), newPool()];
    const sign = warming("blocked", "mail");
    for (const ago of [0, 2, 1]) await store.keep(at(pool, -ago * slotMs), news(sign));
    await store.keep(at(pool), new Map([["gmail2", ofStream(sign)]]));
    const slots = await store.slots(pool, today, "gmail", noonMs - slotMs);
    expect(slots).toEqual([
      { provider: "gmail", slotMs: noonMs - slotMs, byStream: ofStream(sign) },
      { provider: "gmail", slotMs: noonMs, byStream: ofStream(sign) },
    ]);
  });

  test("other pools and days are apart", async () => {
    const [store, pool] = [open(), newPool()];
    await store.keep(at(newPool()), news(warming("accepted", "mail")));
    await store.keep({ ...at(pool), day: "2026-11-03" }, news(warming("accepted", "mail")));
    expect(await store.read(pool, today)).toEqual([]);
  });
});

test("a slot with more than an item holds goes on in the next item, and still counts each mail once", async () => {
  const [store, pool] = [new DynamoOutcomeStore(tables().client, tables().state), newPool()];
  const mail = (index: number) => warming("delivered", `${"x".repeat(180)}${index}`);
  const part = (from: number) => news(...Array.from({ length: 1_000 }, (_, index) => mail(from + index)));
  for (const from of [0, 1_000, 2_000, 0, 2_500]) await store.keep(at(pool), part(from));
  expect(await store.read(pool, today)).toMatchObject([{ counts: { delivered: 3_500 } }]);
});
