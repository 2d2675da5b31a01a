import { describe, expect, test } from "vitest";
import { DynamoHeldMail } from "../../shared/adapters/dynamo/held-mail.ts";
import type { HeldMail, HeldMessage, HeldPage } from "../../shared/ports/held-mail.ts";
import { aHeldMessage, freshNames, minuteMs, noonMs } from "../support/builders.ts";
import { MemoryHeldMail } from "../support/fakes/memory-held-mail.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const engines: [string, () => HeldMail][] = [
  ["in memory", () => new MemoryHeldMail()],
  ["in DynamoDB", () => new DynamoHeldMail(tables().client, tables().held)],
];
const newPool = freshNames("pool");

/** The same body for all: what a body looks like is the matter of another file. */
const hold = (held: HeldMail, ...messages: HeldMessage[]) =>
  Promise.all(messages.map((message) => held.hold(message, "{}")));
const heldIn = (pool: string, changes: Partial<HeldMessage> = {}) =>
  aHeldMessage({ pool, holdId: `${pool}-${changes.id ?? "order-1"}`, ...changes });

const ids = ({ messages }: HeldPage) => messages.map(({ id }) => id);

describe.each(engines)("held mail %s", (_, open) => {
  test("gives back a message as it was held", async () => {
    const [held, pool] = [open(), newPool()];
    const message = heldIn(pool, { priority: 7, because: "no-room" });
    await hold(held, message);
    expect(await held.waiting(pool, "gmail", 10)).toEqual({ messages: [message], next: undefined });
  });

  test("the most engaged leave first, then who waits longest", async () => {
    const [held, pool] = [open(), newPool()];
    await hold(held, heldIn(pool, { id: "cold" }));
    await hold(held, heldIn(pool, { id: "warm, later", priority: 1_700_000_000_000, enqueuedAtMs: noonMs + 1 }));
    await hold(held, heldIn(pool, { id: "warm, earlier", priority: 1_700_000_000_000 }));
    await hold(held, heldIn(pool, { id: "hot", priority: 1_700_000_000_001 }));
    expect(ids(await held.waiting(pool, "gmail", 10))).toEqual(["hot", "warm, earlier", "warm, later", "cold"]);
  });

  test("an engagement before 1970 leaves after mail without a date", async () => {
    const [held, pool] = [open(), newPool()];
    await hold(held, heldIn(pool, { id: "long ago", priority: -1_000, enqueuedAtMs: noonMs + 1 }));
    await hold(held, heldIn(pool, { id: "no date" }));
    expect(ids(await held.waiting(pool, "gmail", 10))).toEqual(["no date", "long ago"]);
  });

  test("gives no more than asked for, the best of them", async () => {
    const [held, pool] = [open(), newPool()];
    for (const priority of [1, 3, 2]) await hold(held, heldIn(pool, { id: `p${priority}`, priority }));
    expect(ids(await held.waiting(pool, "gmail", 2))).toEqual(["p3", "p2"]);
  });

  test("goes on behind what it gave, also when that is gone or better mail has come", async () => {
    const [held, pool] = [open(), newPool()];
    for (const priority of [4, 3, 2, 1]) await hold(held, heldIn(pool, { id: `p${priority}`, priority }));
    const { messages, next } = await held.waiting(pool, "gmail", 2);
    for (const message of messages) await held.remove(message);
    await hold(held, heldIn(pool, { id: "p9", priority: 9 }));
    const behind = await held.waiting(pool, "gmail", 3, next);
    expect([ids({ messages, next }), ids(behind), behind.next]).toEqual([["p4", "p3"], ["p2", "p1"], undefined]);
  });

  test("goes on behind what was due first", async () => {
    const [held, pool] = [open(), newPool()];
    for (const untilMs of [1, 2, 3]) await hold(held, heldIn(pool, { id: `u${untilMs}`, untilMs }));
    const { next } = await held.due(pool, noonMs, 1);
    const behind = await held.due(pool, noonMs, 3, next);
    expect([ids(behind), behind.next]).toEqual([["u2", "u3"], undefined]);
  });

  test("keeps the places of a pool's lists until others are kept", async () => {
    const [held, pool] = [open(), newPool()];
    expect(await held.places(pool)).toEqual(new Map());
    const places = new Map([["gmail", '{"sk":"room#gmail"}']]);
    await held.keepPlaces(pool, places);
    expect([await held.places(pool), await held.places(newPool())]).toEqual([places, new Map()]);
    await held.keepPlaces(pool, new Map());
    expect(await held.places(pool)).toEqual(new Map());
    expect(await held.count(pool)).toBe(0);
  });

  test("gives back what decides a message's routes", async () => {
    const [held, pool] = [open(), newPool()];
    const names = { from: "news@example.com", tenant: "shop" };
    const message = heldIn(pool, {
      because: "wall",
      routing: { poolChoice: 4_000_000_000, names, sendAfterMs: 1, sendBeforeMs: 2 },
    });
    const plain = heldIn(pool, { id: "plain", routing: { poolChoice: 0, names: {} } });
    await hold(held, message, plain);
    expect((await held.waiting(pool, "gmail", 2)).messages).toEqual(expect.arrayContaining([message, plain]));
  });

  test("each provider and each pool waits on its own", async () => {
    const [held, pool, other] = [open(), newPool(), newPool()];
    await hold(held, heldIn(pool, { id: "a" }));
    await hold(held, heldIn(pool, { id: "b", provider: "gmail-2" }));
    await hold(held, heldIn(other, { id: "c" }));
    expect(ids(await held.waiting(pool, "gmail", 10))).toEqual(["a"]);
  });

  test("names the providers that wait for room", async () => {
    const [held, pool] = [open(), newPool()];
    for (const provider of ["gmail", "yahoo", "gmail-2", "gmail", "z0"]) {
      await hold(held, heldIn(pool, { id: provider, provider }));
    }
    await hold(held, heldIn(pool, { id: "time", provider: "apple", because: "send-after" }));
    expect(new Set(await held.waitingProviders(pool))).toEqual(new Set(["gmail", "gmail-2", "yahoo", "z0"]));
  });

  test("mail that waits for its time is never taken for mail that waits for room", async () => {
    const [held, pool] = [open(), newPool()];
    await hold(held, heldIn(pool, { because: "send-after" }));
    expect(ids(await held.waiting(pool, "gmail", 10))).toEqual([]);
    expect(await held.waitingProviders(pool)).toEqual([]);
  });

  test("finds what is due, for time and for room, the longest due first", async () => {
    const [held, pool] = [open(), newPool()];
    await hold(held, heldIn(pool, { id: "now", untilMs: noonMs }));
    await hold(held, heldIn(pool, { id: "not yet", untilMs: noonMs + 1 }));
    await hold(held, heldIn(pool, { id: "before", untilMs: noonMs - 1, because: "send-after" }));
    expect(ids(await held.due(pool, noonMs, 10))).toEqual(["before", "now"]);
    expect(ids(await held.due(pool, noonMs, 1))).toEqual(["before"]);
  });

  test("keeping one holding twice changes nothing", async () => {
    const [held, pool] = [open(), newPool()];
    await hold(held, heldIn(pool));
    await hold(held, heldIn(pool));
    expect(await held.count(pool)).toBe(1);
  });

  test("counts all that is held for a pool, whatever it waits for", async () => {
    const [held, pool] = [open(), newPool()];
    await hold(held, heldIn(pool, { id: "a", because: "send-after" }));
    await hold(held, heldIn(pool, { id: "b" }));
    expect(await held.count(pool)).toBe(2);
    expect(await held.count(newPool())).toBe(0);
  });

  test("what is removed is held no more", async () => {
    const [held, pool] = [open(), newPool()];
    const message = heldIn(pool);
    await hold(held, message);
    await held.remove(message);
    expect(await held.count(pool)).toBe(0);
    expect(ids(await held.due(pool, noonMs + 60 * minuteMs, 10))).toEqual([]);
  });

  test("a message held again since it was found is not removed with what was found", async () => {
    const [held, pool] = [open(), newPool()];
    await hold(held, heldIn(pool));
    const [found] = (await held.waiting(pool, "gmail", 1)).messages;
    await hold(held, heldIn(pool, { holdId: `${pool}-again` }));
    await held.remove(found!);
    expect((await held.waiting(pool, "gmail", 2)).messages).toMatchObject([{ holdId: `${pool}-again` }]);
  });

  test("names every pool that mail was ever held for", async () => {
    const [held, pool, other] = [open(), newPool(), newPool()];
    const [waits, timed] = [heldIn(pool), heldIn(other, { because: "send-after" })];
    await hold(held, waits, timed);
    await held.remove(waits);
    expect(await held.pools()).toEqual(expect.arrayContaining([pool, other]));
  });
});
