import { describe, expect, test } from "vitest";
import { RecentCircuits } from "../../shared/app/dispatch/recent-circuits.ts";
import { circuitAt } from "../../shared/domain/sending/circuit.ts";
import { account, scopeText, setScope } from "../../shared/domain/sending/circuit-scope.ts";
import { allowanceAt, aRecord, stopped } from "../support/builders.ts";
import { down, TestDispatcher } from "../support/dispatcher.ts";

const warming = allowanceAt("gmail", "warming");
const paused = stopped();

describe("a refusal that holds for the whole account", () => {
  test.each([
    ["its quota is spent", stopped("ses-quota"), "ses-quota"],
    ["its sending is paused", paused, "ses-paused"],
  ])("%s: the next batch is parked without a call and without a claim", async (_, answer, because) => {
    const dispatcher = new TestDispatcher();
    dispatcher.sender.answer(answer);
    await dispatcher.dispatch(aRecord({ id: "first" }));
    const calls = dispatcher.sender.sent.length;
    expect(await dispatcher.dispatch(aRecord({ id: "second" }))).toMatchObject([{ kind: "parked", because }]);
    expect(dispatcher.sender.sent).toHaveLength(calls);
    expect(dispatcher.parking.messages.at(-1)?.delaySeconds).toBeGreaterThan(100);
  });

  test("is tried again when its time is over, by one batch", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.sender.answer(paused);
    await dispatcher.dispatch(aRecord({ id: "first" }));
    dispatcher.clock.advance(301_000);
    expect(await dispatcher.dispatch(aRecord({ id: "second" }))).toMatchObject([{ kind: "sent" }]);
  });

  test("is known to other instances within twenty seconds", async () => {
    const dispatcher = new TestDispatcher();
    const other = new RecentCircuits({ circuits: dispatcher.circuits, clock: dispatcher.clock, log: dispatcher.log });
    await other.openNow();
    dispatcher.sender.answer(paused);
    await dispatcher.dispatch(aRecord({ id: "first" }));
    expect((await other.openNow()).size).toBe(0);
    dispatcher.clock.advance(20_000);
    expect([...(await other.openNow()).keys()]).toEqual([scopeText(account)]);
  });
});

describe("a refusal that holds for one configuration set", () => {
  test("closes that route; the mail takes the next", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.allowances.grant(warming, 10);
    await dispatcher.circuits.open(circuitAt(setScope("news-warming"), "ses-misconfigured", dispatcher.clock.nowMs()));
    expect(await dispatcher.dispatch(aRecord())).toMatchObject([{ kind: "sent", route: "shared" }]);
    expect(dispatcher.allowances.of(warming)).toMatchObject({ used: 0 });
  });

  test("parks mail that has no other route", async () => {
    const dispatcher = new TestDispatcher({ pool: undefined });
    await dispatcher.circuits.open(circuitAt(setScope("shared"), "ses-paused", dispatcher.clock.nowMs()));
    expect(await dispatcher.dispatch(aRecord())).toMatchObject([{ kind: "parked", because: "ses-paused" }]);
    expect(dispatcher.sender.sent).toEqual([]);
  });
});

test("mail that waits for one circuit's end comes back at different moments", async () => {
  const dispatcher = new TestDispatcher({ pool: undefined });
  await dispatcher.circuits.open(circuitAt(setScope("shared"), "ses-paused", dispatcher.clock.nowMs()));
  await dispatcher.dispatch(...["a", "b", "c"].map((id) => aRecord({ id })));
  expect(dispatcher.parking.messages.map(({ delaySeconds }) => delaySeconds)).toEqual([120, 121, 122]);
});

test("circuits that cannot be read stop no mail", async () => {
  const dispatcher = new TestDispatcher();
  const { clock, log } = dispatcher;
  const circuits = new RecentCircuits({
    circuits: { read: down, open: down, move: down, countUnanswered: down },
    clock,
    log,
  });
  dispatcher.instead = { circuits };
  expect(await dispatcher.dispatch(aRecord())).toMatchObject([{ kind: "sent" }]);
  await circuits.open(setScope("shared"), "ses-paused");
  expect(log.of("CIRCUITS_NOT_READ")).toHaveLength(1);
  expect(log.of("CIRCUIT_NOT_KEPT")).toHaveLength(1);
});

test("mail that was enqueued 28 days ago is set aside: nobody knows any more whether it was sent", async () => {
  const dispatcher = new TestDispatcher();
  const old = { ...aRecord(), enqueuedAtMs: dispatcher.clock.nowMs() - 28 * 86_400_000 };
  expect(await dispatcher.dispatch(old, aRecord({ id: "young" }))).toMatchObject([
    { kind: "quarantined", reason: { code: "too-old" } },
    { kind: "sent" },
  ]);
});
