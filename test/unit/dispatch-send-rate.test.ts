import { describe, expect, test } from "vitest";
import { allowanceAt, aRecord, noonMs, recordsTo } from "../support/builders.ts";
import { TestDispatcher } from "../support/dispatcher.ts";

const six = () => recordsTo(["a", "b", "c", "d", "e", "f"].map((name) => `${name}@gmail.com`));

/** The only environment of a deployment on an account with a rate, recipients a second. */
async function paced(perSecond: number): Promise<TestDispatcher> {
  const dispatcher = new TestDispatcher();
  dispatcher.allowances.grant(allowanceAt("gmail"), 1_000);
  await dispatcher.rates.tell(perSecond);
  return dispatcher;
}

const used = ({ allowances }: TestDispatcher) => allowances.of(allowanceAt("gmail"))?.used;

describe("the account's sending rate", () => {
  test("spreads the calls of a batch", async () => {
    const dispatcher = await paced(2);
    const atMs: number[] = [];
    dispatcher.sender.whileSending = () => void atMs.push(dispatcher.clock.nowMs() - noonMs);
    expect(new Set(await dispatcher.kinds(...six()))).toEqual(new Set(["sent"]));
    const gaps = atMs.slice(2).map((each, index) => each - (atMs[index + 1] ?? 0));
    for (const gap of gaps) expect(gap).toBeCloseTo(502.5, -1);
  });

  test("counts recipients, not messages", async () => {
    const dispatcher = await paced(10);
    const atMs: number[] = [];
    dispatcher.sender.whileSending = () => void atMs.push(dispatcher.clock.nowMs() - noonMs);
    const to = Array.from({ length: 20 }, (_, index) => `r${index}@gmail.com`);
    await dispatcher.dispatch(aRecord({ id: "one", to }), aRecord({ id: "two", to }));
    expect((atMs[1] ?? 0) - (atMs[0] ?? 0)).toBeGreaterThan(1_700);
  });

  test("goes on from batch to batch", async () => {
    const dispatcher = await paced(2);
    for (const record of six()) await dispatcher.dispatch(record);
    expect(dispatcher.clock.nowMs() - noonMs).toBeGreaterThan(2_000);
  });
});

describe("mail whose turn does not come within the batch's time", () => {
  // 17 s in which calls may begin, at one recipient in 5 s.
  test("goes back before it is claimed, after the time until its turn", async () => {
    const dispatcher = await paced(0.2);
    const outcomes = await dispatcher.dispatch(...six());
    expect(outcomes.map(({ kind }) => kind)).toEqual(["sent", "sent", "sent", "sent", "again", "again"]);
    expect(outcomes[4]).toEqual({ kind: "again", because: "send-rate", delaySeconds: 21 });
    expect(dispatcher.claims.of("order-5")).toBeUndefined();
    expect(used(dispatcher)).toBe(4);
    expect(dispatcher.clock.nowMs()).toBeLessThan(noonMs + 17_000);
  });

  test("waits on the parked queue once it has come back several times", async () => {
    const dispatcher = await paced(0.2);
    const late = six().map((record) => ({ ...record, receives: 4 }));
    expect((await dispatcher.kinds(...late)).slice(4)).toEqual(["parked", "parked"]);
    expect(dispatcher.claims.of("order-5")).toBeUndefined();
  });

  test("goes back with its units when SES throttles and the rest of the time is too short", async () => {
    const dispatcher = await paced(0.5);
    dispatcher.sender.answer({ kind: "throttled" }, { kind: "throttled" }, { kind: "throttled" });
    const outcomes = await dispatcher.dispatch(...six());
    expect(outcomes.filter(({ kind }) => kind === "sent").length).toBeLessThan(6);
    expect(outcomes.at(-1)).toMatchObject({ kind: "again", because: "send-rate" });
    expect(used(dispatcher)).toBe(outcomes.filter(({ kind }) => kind === "sent").length);
    expect(dispatcher.clock.nowMs()).toBeLessThanOrEqual(noonMs + 17_000);
  });

  test("is sent by a later batch", async () => {
    const dispatcher = await paced(0.2);
    const records = six();
    await dispatcher.dispatch(...records);
    expect(await dispatcher.kinds(...records.slice(4))).toEqual(["sent", "sent"]);
  });
});

test("mail whose sendBefore passes while it waits for its turn is quarantined and gives its units back", async () => {
  const dispatcher = await paced(0.5);
  const outcomes = await dispatcher.dispatch(
    ...recordsTo(["a@gmail.com", "b@gmail.com", "c@gmail.com"], {
      sendBefore: new Date(noonMs + 3_000).toISOString(),
    }),
  );
  expect(outcomes).toMatchObject([
    { kind: "sent" },
    { kind: "sent" },
    { kind: "quarantined", reason: { code: "send-before-passed" } },
  ]);
  expect(used(dispatcher)).toBe(2);
});
