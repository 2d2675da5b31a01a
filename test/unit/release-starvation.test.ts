import { describe, expect, test } from "vitest";
import { bodyKeptMs, type HeldMessage } from "../../shared/ports/held-mail.ts";
import { aHeldMessage, allowanceAt, aStream, minuteMs, noonMs, settingsFor } from "../support/builders.ts";
import { down, TestDispatcher } from "../support/dispatcher.ts";

const holding = { whenFull: "hold" } as const;

/** A dispatcher of streams `news` and `digest`, which wait in pool `news`. */
function waiting(): TestDispatcher {
  const dispatcher = new TestDispatcher();
  dispatcher.settings = settingsFor([aStream(holding), aStream({ ...holding, name: "digest" })]);
  return dispatcher;
}

/** Holds so many messages, each better than those behind it; the body of a message is its id. */
async function holdMany({ held }: TestDispatcher, name: string, count: number, changes: Partial<HeldMessage>) {
  const { priority = 0 } = changes;
  for (let index = 0; index < count; index += 1) {
    const id = `${name}-${index}`;
    await held.hold(aHeldMessage({ ...changes, id, holdId: id, priority: priority + count - index }), id);
  }
}

describe("mail at the head that cannot leave keeps nobody behind it", () => {
  test("where a wall keeps it", async () => {
    const dispatcher = waiting();
    dispatcher.walls.raise("no-warming");
    dispatcher.allowances.grant(allowanceAt("gmail"), 10);
    await holdMany(dispatcher, "walled", 2_100, { priority: 1_000 });
    await holdMany(dispatcher, "free", 3, { stream: "digest" });
    expect(await dispatcher.release()).toEqual(["free-0", "free-1", "free-2"]);
  });

  test("where it needs more room than there is", async () => {
    const dispatcher = waiting();
    dispatcher.allowances.grant(allowanceAt("gmail"), 49);
    await holdMany(dispatcher, "large", 2_100, { priority: 1_000, demand: new Map([["gmail", 50]]) });
    await holdMany(dispatcher, "small", 60, {});
    const released = await dispatcher.release();
    expect(released).toEqual(Array.from({ length: 49 }, (_, index) => `small-${index}`));
  });

  test("where its bodies have expired", async () => {
    const dispatcher = waiting();
    for (let index = 0; index < 2_100; index += 1) {
      dispatcher.held.haunt(aHeldMessage({ holdId: `gone-${index}`, untilMs: noonMs }));
    }
    dispatcher.clock.atMs = noonMs + bodyKeptMs;
    await dispatcher.held.hold(aHeldMessage({ holdId: "due", untilMs: noonMs + 1 }), "due");
    expect(await dispatcher.release()).toEqual(["due"]);
  });
});

describe("a list that is longer than one run looks at", () => {
  const more = 12_000;

  /** Behind mail that a wall keeps stand three messages that may leave, the best of them first. */
  async function behindMany() {
    const dispatcher = waiting();
    dispatcher.walls.raise("no-warming");
    dispatcher.allowances.grant(allowanceAt("gmail"), 10);
    await holdMany(dispatcher, "walled", more, { priority: 1_000 });
    await holdMany(dispatcher, "free", 3, { stream: "digest" });
    return dispatcher;
  }

  test("is taken up where the run before left off", async () => {
    const dispatcher = await behindMany();
    expect(await dispatcher.release()).toEqual([]);
    dispatcher.clock.advance(5 * minuteMs);
    expect(await dispatcher.release()).toEqual(["free-0", "free-1", "free-2"]);
  });

  test("is looked through from its head again after its end: what stood in between leaves when it may", async () => {
    const dispatcher = await behindMany();
    for (let run = 0; run < 2; run += 1) await dispatcher.release();
    dispatcher.walls.fall();
    dispatcher.clock.advance(5 * minuteMs);
    expect((await dispatcher.release()).slice(0, 2)).toEqual(["walled-0", "walled-1"]);
  });

  test("gives its head first what room there is: the best leave first, wherever a run goes on", async () => {
    const dispatcher = await behindMany();
    await dispatcher.release();
    const behindSome = 1_000 + more - 1_500;
    await holdMany(dispatcher, "newest", 9, { stream: "digest", priority: behindSome });
    dispatcher.clock.advance(5 * minuteMs);
    const released = await dispatcher.release();
    expect(released).toEqual([...Array.from({ length: 9 }, (_, index) => `newest-${index}`), "free-0"]);
  });

  test("and that ran out of time goes on there as well", async () => {
    const dispatcher = await behindMany();
    const { held, clock } = dispatcher;
    const read = held.waiting.bind(held);
    held.waiting = (...asked) => {
      clock.advance(1_000);
      return read(...asked);
    };
    for (let run = 0; run < 4; run += 1) await dispatcher.release();
    expect(dispatcher.sendQueue.messages.map(({ body }) => body)).toEqual(["free-0", "free-1", "free-2"]);
  });
});

test("lists that fail leave those of other pools alone", async () => {
  const dispatcher = waiting();
  dispatcher.settings = settingsFor([aStream(holding)]);
  dispatcher.allowances.grant(allowanceAt("gmail"), 1);
  await dispatcher.held.hold(aHeldMessage({ holdId: "bad", pool: "bad" }), "bad");
  await dispatcher.held.hold(aHeldMessage({ holdId: "good" }), "good");
  const read = dispatcher.held.waiting.bind(dispatcher.held);
  dispatcher.held.waiting = (pool, ...asked) => (pool === "bad" ? down() : read(pool, ...asked));
  await expect(dispatcher.release()).rejects.toThrow("held mail of 1 pools was not released");
  expect(dispatcher.sendQueue.messages).toMatchObject([{ body: "good" }]);
});

test("a run says what stays, and why", async () => {
  const dispatcher = waiting();
  dispatcher.walls.raise("no-warming");
  dispatcher.allowances.grant(allowanceAt("gmail"), 2, 1);
  await holdMany(dispatcher, "walled", 2, {});
  await holdMany(dispatcher, "free", 3, { stream: "digest" });
  await dispatcher.release();
  expect(dispatcher.log.of("HELD_RELEASED")).toMatchObject([
    {
      fields: {
        pool: "news",
        due: 0,
        chosen: 1,
        released: 1,
        lookedAt: 5,
        stay: { wall_warming: 2, spent_warming: 2 },
      },
    },
  ]);
});
