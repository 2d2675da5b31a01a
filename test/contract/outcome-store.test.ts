import { describe, expect, test } from "vitest";
import { DynamoOutcomeStore } from "../../shared/adapters/dynamo/outcome-store.ts";
import { noOutcomes } from "../../shared/domain/feedback/outcome-counts.ts";
import { type SignKind, type SignSlot, signKinds, signText, slotMs } from "../../shared/domain/feedback/sign.ts";
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
const minuteMs = 60_000;
const warming = (kind: SignKind, mail: string) => signText({ route: "warming", kind, mail });
const slot = (fromNoonMs: number, ...signs: string[]): SignSlot => ({
  provider: "gmail",
  slotMs: noonMs + fromNoonMs,
  byStream: new Map([["news", new Set(signs)]]),
});
const news = (...signs: string[]) => [slot(0, ...signs)];

/** Every sign kept since a moment, with its slot. */
async function keptSince(store: OutcomeStore, pool: string, fromMs: number): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const { provider, slotMs, byStream } of store.keptSince({ pool, day: today }, fromMs)) {
    for (const [stream, texts] of byStream) {
      for (const text of texts) found.add(`${provider} ${stream} ${(slotMs - noonMs) / minuteMs} ${text}`);
    }
  }
  return found;
}

describe.each(engines)("outcome store %s", (_, open) => {
  test("counts each kind of sign", async () => {
    const [store, pool] = [open(), newPool()];
    await store.keep({ pool, day: today }, news(...signKinds.map((kind) => warming(kind, "mail"))), noonMs);
    const [reading] = await store.read(pool, today);
    expect(reading?.key).toMatchObject({ pool, stream: "news", route: "warming", provider: "gmail", day: today });
    expect(Object.values(reading?.counts ?? {})).toEqual(Object.values(noOutcomes).map(() => 1));
  });

  test("the same sign twice is one: in one write, in two, in two slots, and an hour later", async () => {
    const [store, key] = [open(), { pool: newPool(), day: today }];
    const sign = warming("throttled", "mail");
    await store.keep(key, news(sign), noonMs);
    await store.keep(key, news(sign, warming("throttled", "other mail")), noonMs);
    await store.keep(key, [slot(slotMs, sign)], noonMs);
    await store.keep(key, news(sign), noonMs + 60 * minuteMs);
    expect(await store.read(key.pool, today)).toMatchObject([{ counts: { deferred: 2 } }]);
  });

  test("streams of one slot are apart", async () => {
    const [store, key] = [open(), { pool: newPool(), day: today }];
    const byStream = new Map([
      ["digest", newSigns("shared", { accepted: 2 })],
      ["news", newSigns("shared", { accepted: 3 })],
    ]);
    await store.keep(key, [{ provider: "gmail", slotMs: noonMs, byStream }], noonMs);
    const found = (await store.read(key.pool, today)).map(({ key: { stream }, counts }) => [stream, counts.accepted]);
    expect(found.sort()).toEqual([
      ["digest", 2],
      ["news", 3],
    ]);
  });

  test("keepers at once lose nothing", async () => {
    const [store, key] = [open(), { pool: newPool(), day: today }];
    const writes = Array.from({ length: 20 }, () => news(...newSigns("warming", { delivered: 1 })));
    await Promise.all(writes.map((signs) => store.keep(key, signs, noonMs)));
    expect(await store.read(key.pool, today)).toMatchObject([{ counts: { delivered: 20 } }]);
  });

  test("nothing to keep is nothing", async () => {
    const [store, pool] = [open(), newPool()];
    await store.keep({ pool, day: today }, news(), noonMs);
    expect(await keptSince(store, pool, 0)).toEqual(new Set());
  });

  test("gives what was kept since a moment, whenever it happened", async () => {
    const [store, pool] = [open(), newPool()];
    const key = { pool, day: today };
    const [early, late, both] = [warming("blocked", "early"), warming("blocked", "late"), warming("blocked", "both")];
    const sixHoursMs = 360 * minuteMs;
    await store.keep(key, [slot(0, early), { ...slot(-sixHoursMs, both), provider: "gmail2" }], noonMs);
    await store.keep(key, [slot(-sixHoursMs, late), slot(0, both)], noonMs + 5 * minuteMs);
    const [first, second] = [
      [`gmail news 0 ${early}`, `gmail2 news -360 ${both}`],
      [`gmail news -360 ${late}`, `gmail news 0 ${both}`],
    ];
    expect(await keptSince(store, pool, noonMs)).toEqual(new Set([...first, ...second]));
    expect(await keptSince(store, pool, noonMs + 5 * minuteMs)).toEqual(new Set(second));
    expect(await keptSince(store, pool, noonMs + 10 * minuteMs)).toEqual(new Set());
  });

  test("one write takes signs of more providers, streams and slots than any batch has", async () => {
    const [store, pool] = [open(), newPool()];
    const slots = Array.from({ length: 250 }, (_, index) => slot(index * slotMs, warming("delivered", `${index}`)));
    await store.keep({ pool, day: today }, slots, noonMs);
    expect(await keptSince(store, pool, noonMs)).toHaveProperty("size", 250);
  });

  test("other pools and days are apart", async () => {
    const [store, pool] = [open(), newPool()];
    await store.keep({ pool: newPool(), day: today }, news(warming("accepted", "mail")), noonMs);
    await store.keep({ pool, day: "2026-11-03" }, news(warming("accepted", "mail")), noonMs);
    expect(await store.read(pool, today)).toEqual([]);
    expect(await keptSince(store, pool, 0)).toEqual(new Set());
  });
});

test("what one item cannot hold goes on in the next, and still counts each mail once", async () => {
  const [store, key] = [new DynamoOutcomeStore(tables().client, tables().state), { pool: newPool(), day: today }];
  const mail = (index: number) => warming("delivered", `${"x".repeat(180)}${index}`);
  const part = (from: number) => news(...Array.from({ length: 1_000 }, (_, index) => mail(from + index)));
  for (const from of [0, 1_000, 2_000, 0, 2_500]) await store.keep(key, part(from), noonMs);
  expect(await store.read(key.pool, today)).toMatchObject([{ counts: { delivered: 3_500 } }]);
  expect(await keptSince(store, key.pool, noonMs)).toHaveProperty("size", 3_500);
});
