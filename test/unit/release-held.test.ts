import { describe, expect, test } from "vitest";
import type { ReleasePorts } from "../../shared/app/release/release-run.ts";
import { bodyKeptMs, type HeldMessage } from "../../shared/ports/held-mail.ts";
import { aHeldMessage, allowanceAt, aStream, minuteMs, noonMs, settingsFor } from "../support/builders.ts";
import { down, TestDispatcher } from "../support/dispatcher.ts";

/** Held mail of streams that wait; the body of a message is its id. As a version before kept it: without what decides its routes. */
async function withHeld(...changes: Partial<HeldMessage>[]) {
  const dispatcher = new TestDispatcher();
  dispatcher.settings = settingsFor([aStream({ whenFull: "hold" }), aStream({ name: "digest", whenFull: "hold" })]);
  const { held, allowances, walls, sendQueue, clock, log } = dispatcher;
  for (const each of changes) {
    await held.hold(aHeldMessage({ holdId: `hold-${each.id}`, ...each }), each.id ?? "order-1");
  }
  const released = (instead: Partial<ReleasePorts> = {}, deadlineMs = noonMs + minuteMs) =>
    dispatcher.release(instead, deadlineMs);
  return { held, allowances, walls, sendQueue, clock, log, released };
}

const soon = noonMs + minuteMs;

describe("mail whose time has come", () => {
  test("goes back to the send queue, whatever the room", async () => {
    const { released } = await withHeld(
      { id: "time", because: "send-after", untilMs: noonMs },
      { id: "room", untilMs: noonMs },
      { id: "later", untilMs: soon },
    );
    expect(new Set(await released())).toEqual(new Set(["room", "time"]));
  });

  test("keeps its first time and is held no more", async () => {
    const { held, sendQueue, released } = await withHeld({ id: "a", untilMs: noonMs, enqueuedAtMs: 5 });
    await released();
    expect(sendQueue.messages).toEqual([{ body: "a", enqueuedAtMs: 5, delaySeconds: 0 }]);
    expect(held.all).toEqual([]);
  });

  test("of a stream without a pool goes back as well", async () => {
    const { released } = await withHeld({ id: "a", pool: "shared", because: "send-after", untilMs: noonMs });
    expect(await released()).toEqual(["a"]);
  });
});

describe("mail that waits for room", () => {
  test("goes back as far as there is room today, the most engaged first (guide row 13)", async () => {
    const { allowances, released } = await withHeld(
      { id: "cold", priority: 1 },
      { id: "hot", priority: 3 },
      { id: "warm", priority: 2 },
    );
    allowances.grant(allowanceAt("gmail"), 10, 8);
    expect(await released()).toEqual(["hot", "warm"]);
  });

  test("stays without room, and without an allowance for today", async () => {
    const { allowances, released } = await withHeld({ id: "a" }, { id: "b", provider: "yahoo" });
    allowances.grant(allowanceAt("gmail"), 10, 10);
    allowances.grant({ ...allowanceAt("yahoo"), day: "2026-11-01" }, 10);
    expect(await released()).toEqual([]);
  });

  test("may take the room of established IPs", async () => {
    const { allowances, released } = await withHeld({ id: "a" });
    allowances.grant(allowanceAt("gmail", "established"), 1);
    expect(await released()).toEqual(["a"]);
  });

  test("needs room for all its recipients", async () => {
    const { allowances, released } = await withHeld(
      { id: "three", demand: new Map([["gmail", 3]]), priority: 9 },
      { id: "one" },
    );
    allowances.grant(allowanceAt("gmail"), 2);
    expect(await released()).toEqual(["one"]);
  });

  test("needs room at every provider it addresses", async () => {
    const demand = new Map([
      ["gmail", 1],
      ["yahoo", 1],
    ]);
    const { allowances, released } = await withHeld({ id: "both", demand });
    allowances.grant(allowanceAt("gmail"), 5);
    expect(await released()).toEqual([]);
    allowances.grant(allowanceAt("yahoo"), 5);
    expect(await released()).toEqual(["both"]);
  });

  test("at several providers goes by its rank among the mail of each", async () => {
    const demand = new Map([
      ["gmail", 1],
      ["yahoo", 1],
    ]);
    const { allowances, released } = await withHeld(
      { id: "worse", provider: "yahoo", priority: 1 },
      { id: "better", demand, priority: 2 },
    );
    allowances.grant(allowanceAt("gmail"), 1);
    allowances.grant(allowanceAt("yahoo"), 1);
    expect(await released()).toEqual(["better"]);
  });

  test("of a pool that its stream has no more goes back, to be decided anew", async () => {
    const { released } = await withHeld({ id: "a", pool: "gone" }, { id: "b", stream: "gone" }, { id: "c" });
    expect(new Set(await released())).toEqual(new Set(["a", "b"]));
  });

  test("of one provider does not take another's room", async () => {
    const { allowances, released } = await withHeld({ id: "a", priority: 9 }, { id: "b", provider: "yahoo" });
    allowances.grant(allowanceAt("yahoo"), 5);
    expect(await released()).toEqual(["b"]);
  });

  test("does not take room for mail that is due anyway", async () => {
    const { sendQueue, allowances, released } = await withHeld({ id: "due", untilMs: noonMs, priority: 9 });
    allowances.grant(allowanceAt("gmail"), 5);
    await released();
    expect(sendQueue.messages).toHaveLength(1);
  });
});

describe("mail behind a wall", () => {
  test("is not released for room that the wall keeps it from", async () => {
    const { allowances, walls, released } = await withHeld(
      { id: "walled", priority: 9 },
      { id: "b", stream: "digest" },
    );
    allowances.grant(allowanceAt("gmail"), 1);
    walls.raise("no-warming");
    expect(await released()).toEqual(["b"]);
  });

  test("may take the room of its pool's established IPs", async () => {
    const { allowances, walls, released } = await withHeld({ id: "a" });
    allowances.grant(allowanceAt("gmail", "established"), 1);
    walls.raise("no-overflow");
    expect(await released()).toEqual(["a"]);
  });

  test("goes back when its time has come all the same", async () => {
    const { walls, released } = await withHeld({ id: "a", untilMs: noonMs });
    walls.raise("no-overflow");
    expect(await released()).toEqual(["a"]);
  });
});

describe("a release that fails", () => {
  test("of one message leaves it held and lets the others go", async () => {
    const { held, sendQueue, released } = await withHeld(
      { id: "bad", untilMs: noonMs - 1 },
      { id: "good", untilMs: noonMs },
    );
    const enqueue: typeof sendQueue.enqueue = (mail) => (mail.body === "bad" ? down() : sendQueue.enqueue(mail));
    expect(await released({ sendQueue: { enqueue } })).toEqual(["good"]);
    expect(held.all.map(({ id }) => id)).toEqual(["bad"]);
  });

  test("of one pool lets the others go", async () => {
    const { held, released } = await withHeld({ id: "a", pool: "bad", untilMs: noonMs }, { id: "b", untilMs: noonMs });
    const due = held.due.bind(held);
    held.due = (pool, ...rest) => (pool === "bad" ? down() : due(pool, ...rest));
    await released().catch(() => undefined);
    expect(held.all.map(({ id }) => id)).toEqual(["a"]);
  });

  test("after the message was enqueued leaves it held: released twice it is claimed once", async () => {
    const { held, released } = await withHeld({ id: "a", untilMs: noonMs });
    held.remove = down;
    expect(await released()).toEqual(["a"]);
    expect(held.all).toHaveLength(1);
  });
});

test("a message held again while it is released stays held", async () => {
  const { held, sendQueue, released } = await withHeld({ id: "a", untilMs: noonMs });
  const enqueue: typeof sendQueue.enqueue = async (mail) => {
    await sendQueue.enqueue(mail);
    await held.hold(aHeldMessage({ id: "a", holdId: "again", untilMs: soon }), "a"); // the dispatcher found no room
  };
  await released({ sendQueue: { enqueue } });
  expect(held.all).toMatchObject([{ holdId: "again" }]);
});

describe("a holding without its body", () => {
  const gone = aHeldMessage({ holdId: "gone", untilMs: noonMs });

  test("was released before: it is removed, and nothing else happens", async () => {
    const { held, log, released } = await withHeld();
    held.haunt(gone);
    expect(await released()).toEqual([]);
    expect(held.all).toEqual([]);
    expect(log.of("HELD_RELEASE_FAILED")).toEqual([]);
  });

  test("stays where a person finds it when the body may have expired", async () => {
    const { held, clock, log, released } = await withHeld();
    held.haunt(gone);
    clock.advance(bodyKeptMs);
    expect(await released({}, Number.MAX_SAFE_INTEGER)).toEqual([]);
    expect(held.all).toEqual([gone]);
    expect(log.of("HELD_RELEASE_FAILED")).toMatchObject([{ fields: { hold: "gone", error: "BodyExpired" } }]);
  });
});

test("no message is taken up after the deadline", async () => {
  const { held, sendQueue, clock, released } = await withHeld(
    ...Array.from({ length: 50 }, (_, index) => ({ id: `m${index}`, untilMs: noonMs })),
  );
  const enqueue: typeof sendQueue.enqueue = (mail) => {
    clock.advance(minuteMs);
    return sendQueue.enqueue(mail);
  };
  const went = await released({ sendQueue: { enqueue } }, noonMs + 1);
  expect(went.length + held.all.length).toBe(50);
  expect(held.all.length).toBeGreaterThan(0);
});
