import { describe, expect, test } from "vitest";
import type { Stream } from "../../shared/domain/routing/stream.ts";
import { circuitAt } from "../../shared/domain/sending/circuit.ts";
import {
  aHeldMessage,
  allowanceAt,
  aPool,
  aRecord,
  aStream,
  minuteMs,
  noonMs,
  settingsFor,
} from "../support/builders.ts";
import { TestDispatcher } from "../support/dispatcher.ts";

const pools = [aPool({ overflowTo: "main" }), aPool({ name: "main", ips: ["192.0.2.2"] })];
const holding = { whenFull: "hold", longestHoldMs: 720 * minuteMs } as const;

/** A dispatcher without any room that has held one message of stream `news` since noon. */
async function withOneHeld(stream: Partial<Stream> = holding, wall?: "no-warming" | "no-overflow") {
  const dispatcher = new TestDispatcher(stream, pools);
  dispatcher.allowances.nowMs = noonMs;
  if (wall !== undefined) dispatcher.walls.raise(wall);
  const record = aRecord({}, { enqueuedAtMs: noonMs });
  expect(await dispatcher.kinds(record)).toEqual(["held"]);
  dispatcher.clock.advance(5 * minuteMs);
  return { dispatcher, record };
}

const configure = (dispatcher: TestDispatcher, stream: Partial<Stream>, all = pools) => {
  dispatcher.settings = settingsFor([aStream(stream)], all);
};

describe("held mail leaves by every room that fresh mail would find", () => {
  test("on the established IPs of the pool that its own overflows to", async () => {
    const { dispatcher, record } = await withOneHeld();
    dispatcher.allowances.grant(allowanceAt("gmail", "established", "main"), 1);
    expect(await dispatcher.release()).toEqual([record.body]);
    expect(await dispatcher.dispatch({ ...record, recordId: "again" })).toMatchObject([
      { kind: "sent", route: "established" },
    ]);
  });

  test("not on the warming IPs of another pool", async () => {
    const { dispatcher } = await withOneHeld();
    dispatcher.allowances.grant(allowanceAt("gmail", "warming", "main"), 1);
    expect(await dispatcher.release()).toEqual([]);
  });

  test("of the pool that its stream names today, where that was renamed or is another one", async () => {
    const { dispatcher, record } = await withOneHeld();
    configure(dispatcher, { ...holding, pool: "letters" }, [aPool({ name: "letters" })]);
    dispatcher.allowances.grant(allowanceAt("gmail", "warming", "letters"), 1);
    expect(await dispatcher.release()).toEqual([record.body]);
    expect(await dispatcher.kinds({ ...record, recordId: "again" })).toEqual(["sent"]);
  });

  test("of the pool that a rule gives it today, though its stream still has the pool before", async () => {
    const { dispatcher, record } = await withOneHeld();
    const poolRules = [{ when: { providers: new Set(["gmail"]) }, pool: "main" }];
    configure(dispatcher, { ...holding, poolRules });
    expect(await dispatcher.release()).toEqual([record.body]);
    expect(await dispatcher.kinds({ ...record, recordId: "again" })).toEqual(["held"]);
    dispatcher.clock.advance(5 * minuteMs);
    expect(await dispatcher.release()).toEqual([]);
  });

  test("and mail of a stream that is gone goes back, to be set aside with its reason", async () => {
    const { dispatcher, record } = await withOneHeld();
    configure(dispatcher, { name: "other" });
    expect(await dispatcher.release()).toEqual([record.body]);
    expect(await dispatcher.dispatch({ ...record, recordId: "again" })).toMatchObject([
      { kind: "quarantined", reason: { code: "unknown-stream" } },
    ]);
  });

  test("by shared IPs, once its stream overflows or waits less long", async () => {
    for (const today of [{ whenFull: "overflow" }, { ...holding, longestHoldMs: minuteMs }] as const) {
      const { dispatcher, record } = await withOneHeld();
      expect(await dispatcher.release()).toEqual([]);
      configure(dispatcher, today);
      expect(await dispatcher.release()).toEqual([record.body]);
      expect(await dispatcher.kinds({ ...record, recordId: "again" })).toEqual(["sent"]);
    }
  });

  test("but waits on while its sendAfter counts, as the dispatcher has it", async () => {
    const dispatcher = new TestDispatcher({ ...holding, longestHoldMs: 60 * minuteMs }, pools);
    const sendAfter = new Date(noonMs - minuteMs).toISOString();
    await dispatcher.dispatch(aRecord({ sendAfter }, { enqueuedAtMs: noonMs - 600 * minuteMs }));
    dispatcher.clock.advance(30 * minuteMs);
    expect(await dispatcher.release()).toEqual([]);
  });
});

describe("a wall that falls frees what it held with the next run", () => {
  test("mail of a stream that overflows, by shared IPs", async () => {
    const { dispatcher, record } = await withOneHeld({ whenFull: "overflow" }, "no-overflow");
    expect(await dispatcher.release()).toEqual([]);
    dispatcher.walls.fall();
    expect(await dispatcher.release()).toEqual([record.body]);
  });

  test("mail of a stream that waits, by warming IPs only", async () => {
    const { dispatcher, record } = await withOneHeld(holding, "no-warming");
    dispatcher.allowances.grant(allowanceAt("gmail"), 1);
    expect(await dispatcher.release()).toEqual([]);
    dispatcher.walls.fall();
    expect(await dispatcher.release()).toEqual([record.body]);
  });
});

describe("mail is not released for a route that a circuit keeps it from", () => {
  test.each([
    ["of the configuration set", { kind: "configuration-set", name: "news-warming" }],
    ["of the account", { kind: "account" }],
    ["of its From address", { kind: "identity", name: "news@example.com" }],
  ] as const)("%s", async (_, scope) => {
    const { dispatcher, record } = await withOneHeld();
    dispatcher.allowances.grant(allowanceAt("gmail"), 1);
    const circuit = circuitAt(scope, "ses-misconfigured", dispatcher.clock.nowMs());
    await dispatcher.circuits.open(circuit);
    expect(await dispatcher.release()).toEqual([]);
    dispatcher.clock.atMs = circuit.untilMs;
    expect(await dispatcher.release()).toEqual([record.body]);
  });
});

describe("the room of today", () => {
  const lastHourMs = Date.parse("2026-11-02T23:30:00Z");

  test("is what counts in its last hour too", async () => {
    const { dispatcher, record } = await withOneHeld();
    dispatcher.clock.atMs = lastHourMs;
    dispatcher.allowances.grant({ ...allowanceAt("gmail"), day: "2026-11-03" }, 1);
    expect(await dispatcher.release()).toEqual([]);
    dispatcher.allowances.grant(allowanceAt("gmail"), 1);
    expect(await dispatcher.release()).toEqual([record.body]);
  });

  test("is what pace and brakes leave of it", async () => {
    const { dispatcher, record } = await withOneHeld();
    const { allowances, clock } = dispatcher;
    allowances.grant(allowanceAt("gmail"), 10);
    const [sinceMs, untilMs] = [noonMs, noonMs + 30 * minuteMs];
    const stop = { step: "stop", rule: "test", level: 1, trickles: false, why: "" } as const;
    await allowances.setBrake(allowanceAt("gmail"), { ...stop, sinceMs, untilMs });
    expect(await dispatcher.release()).toEqual([]);
    clock.atMs = untilMs + 30 * minuteMs;
    expect(await dispatcher.release()).toEqual([record.body]);
  });
});

describe("room is given away once", () => {
  test("by the order of each message's routes: what one may take alone is left to it", async () => {
    const dispatcher = new TestDispatcher(holding);
    dispatcher.settings = settingsFor([aStream(holding), aStream({ ...holding, name: "digest" })]);
    dispatcher.walls.raise("no-warming", { stream: "digest" });
    const held = [
      { id: "first", stream: "news", priority: 2 },
      { id: "walled", stream: "digest", priority: 1 },
    ];
    for (const each of held) await dispatcher.held.hold(aHeldMessage({ holdId: each.id, ...each }), each.id);
    for (const route of ["warming", "established"] as const)
      dispatcher.allowances.grant(allowanceAt("gmail", route), 1);
    expect(await dispatcher.release()).toEqual(["first", "walled"]);
  });

  test("to mail of one pool or of another that overflows there, not to both", async () => {
    const { dispatcher } = await withOneHeld();
    dispatcher.settings = settingsFor(
      [aStream(holding), aStream({ ...holding, name: "letters", pool: "main" })],
      pools,
    );
    await dispatcher.held.hold(aHeldMessage({ holdId: "letter", stream: "letters", pool: "main" }), "letter");
    dispatcher.allowances.grant(allowanceAt("gmail", "established", "main"), 1);
    expect(await dispatcher.release()).toHaveLength(1);
  });

  test("first to mail that is due and goes back in any case", async () => {
    const { dispatcher } = await withOneHeld();
    const due = aHeldMessage({ holdId: "due", id: "due", untilMs: dispatcher.clock.nowMs() });
    await dispatcher.held.hold(due, "due");
    dispatcher.allowances.grant(allowanceAt("gmail"), 1);
    expect(await dispatcher.release()).toEqual(["due"]);
  });
});
