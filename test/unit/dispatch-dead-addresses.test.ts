import { describe, expect, test } from "vitest";
import { parseConfiguration, streamsOf } from "../../shared/contracts/parse-configuration.ts";
import { dayMs } from "../../shared/domain/utc-day.ts";
import { allowanceAt, aRecord, aStream, minuteMs, noonMs, recordsTo, settingsFor } from "../support/builders.ts";
import { down, TestDispatcher } from "../support/dispatcher.ts";

/** A dispatcher whose stream refuses mail to the dead, and these dead addresses. */
async function refusing(...dead: string[]): Promise<TestDispatcher> {
  const dispatcher = new TestDispatcher({ refuseDead: true });
  await dispatcher.deadAddresses.add(dead, noonMs);
  return dispatcher;
}

const toAll = (ToAddresses: string[], CcAddresses: string[], BccAddresses: string[]) =>
  aRecord({ email: { Destination: { ToAddresses, CcAddresses, BccAddresses } } });

describe("a message whose recipients are all dead", () => {
  test("is quarantined without a call to SES", async () => {
    const dispatcher = await refusing("ann@gmail.com");
    expect(await dispatcher.dispatch(aRecord())).toMatchObject([
      { kind: "quarantined", reason: { code: "dead-address" } },
    ]);
    expect(dispatcher.sender.calls).toEqual([]);
  });

  test("is neither claimed nor counted", async () => {
    const dispatcher = await refusing("ann@gmail.com");
    dispatcher.allowances.grant(allowanceAt("gmail"), 10);
    await dispatcher.dispatch(aRecord());
    expect(dispatcher.claims.of("order-1")).toBeUndefined();
    expect(dispatcher.allowances.of(allowanceAt("gmail"))?.used).toBe(0);
    expect(dispatcher.receipts.all).toEqual([]);
  });

  test("is kept whole, with what was found and what to do", async () => {
    const dispatcher = await refusing("ann@gmail.com");
    const record = aRecord();
    await dispatcher.dispatch(record);
    const [kept] = dispatcher.quarantine.kept;
    expect(kept?.body).toBe(record.body);
    expect(kept?.reason.sentence).toMatch(/known to be dead.*remove it from the list.*after 180 days/);
  });

  test("may name them in To, Cc and Bcc", async () => {
    const dispatcher = await refusing("a@gmail.com", "b@yahoo.com", "c@gmail.com");
    const record = toAll(["a@gmail.com"], ["b@yahoo.com"], ["c@gmail.com"]);
    expect(await dispatcher.kinds(record)).toEqual(["quarantined"]);
  });

  test.each(["ANN@Gmail.com", "Ann <ann@gmail.com>", '"Ann, at home" <Ann@GMAIL.com>'])(
    "may write them as %s",
    async (to) => {
      const dispatcher = await refusing("ann@gmail.com");
      expect(await dispatcher.kinds(aRecord({ to: [to] }))).toEqual(["quarantined"]);
    },
  );

  test("shares its fate with its copy in the batch, and is kept once", async () => {
    const dispatcher = await refusing("ann@gmail.com");
    expect(await dispatcher.kinds(aRecord(), aRecord())).toEqual(["quarantined", "quarantined"]);
    expect(dispatcher.quarantine.kept).toHaveLength(1);
  });

  test("goes back when quarantine cannot keep it, and nothing is sent under it", async () => {
    const dispatcher = await refusing("ann@gmail.com");
    dispatcher.instead = { quarantine: { keep: down } };
    expect(await dispatcher.kinds(aRecord())).toEqual(["again"]);
    expect(dispatcher.sender.calls).toEqual([]);
    expect(dispatcher.receipts.all).toEqual([]);
  });

  test("is held until its time, and refused only then", async () => {
    const dispatcher = await refusing("ann@gmail.com");
    const record = aRecord({ sendAfter: new Date(noonMs + minuteMs).toISOString() });
    expect(await dispatcher.kinds(record)).toEqual(["held"]);
    dispatcher.clock.advance(minuteMs);
    expect(await dispatcher.kinds(record)).toEqual(["quarantined"]);
  });

  test("is sent again when 180 days have passed", async () => {
    const dispatcher = await refusing("ann@gmail.com");
    dispatcher.clock.advance(180 * dayMs + 1_000);
    const enqueuedAtMs = dispatcher.clock.nowMs();
    expect(await dispatcher.kinds(aRecord({}, { enqueuedAtMs }))).toEqual(["sent"]);
  });
});

describe("mail that goes on", () => {
  test.each([
    ["To", toAll(["living@gmail.com"], ["ann@gmail.com"], [])],
    ["Cc", toAll(["ann@gmail.com"], ["living@gmail.com"], [])],
    ["Bcc", toAll(["ann@gmail.com"], [], ["living@gmail.com"])],
  ])("one living recipient in %s sends the message whole", async (_, record) => {
    const dispatcher = await refusing("ann@gmail.com");
    expect(await dispatcher.kinds(record)).toEqual(["sent"]);
    expect(dispatcher.sender.calls[0]?.email.Destination).toEqual(record.message.email.Destination);
  });

  test("the neighbours of a refused message are sent", async () => {
    const dispatcher = await refusing("b@gmail.com");
    const records = recordsTo(["a@gmail.com", "b@gmail.com", "c@gmail.com"]);
    expect(await dispatcher.kinds(...records)).toEqual(["sent", "quarantined", "sent"]);
    expect(dispatcher.receipts.all).toMatchObject([{ sent: [0, 2] }]);
  });

  test("a read that fails is logged and stops no mail: SES has its own list", async () => {
    const dispatcher = await refusing("ann@gmail.com");
    dispatcher.instead = { deadAddresses: { among: down } };
    expect(await dispatcher.kinds(aRecord())).toEqual(["sent"]);
    expect(dispatcher.log.of("DEAD_ADDRESSES_NOT_READ")).toMatchObject([{ level: "warn", fields: { error: "Error" } }]);
  });
});

describe("who asks", () => {
  test("a stream that does not ask sends to the dead, and nothing is read for it", async () => {
    const dispatcher = new TestDispatcher();
    await dispatcher.deadAddresses.add(["ann@gmail.com"], noonMs);
    expect(await dispatcher.kinds(aRecord())).toEqual(["sent"]);
    expect(dispatcher.deadAddresses.readings).toEqual([]);
  });

  test("one read asks for every recipient of the streams that ask, each once", async () => {
    const dispatcher = await refusing("ann@gmail.com");
    dispatcher.settings = settingsFor([aStream({ refuseDead: true }), aStream({ name: "alerts" })]);
    const kinds = await dispatcher.kinds(
      aRecord({ id: "a", to: ["Ann@gmail.com", "bob@yahoo.com"] }),
      aRecord({ id: "b", to: ["ann@gmail.com"] }),
      aRecord({ id: "c", to: ["ann@gmail.com", "carl@gmail.com"], stream: "alerts" }),
    );
    expect(kinds).toEqual(["sent", "quarantined", "sent"]);
    expect(dispatcher.deadAddresses.readings).toEqual([["ann@gmail.com", "bob@yahoo.com"]]);
  });

  test("only mail that could be sent now is read for", async () => {
    const dispatcher = await refusing();
    const later = new Date(noonMs + minuteMs).toISOString();
    await dispatcher.dispatch(aRecord({ id: "a", stream: "nws" }), aRecord({ id: "b", sendAfter: later }));
    expect(dispatcher.deadAddresses.readings).toEqual([]);
  });

  test("a stream asks when its configuration says so, and not by default", () => {
    const streams = streamsOf(
      parseConfiguration({ identities: ["example.com"], streams: { news: { refuseDead: true }, alerts: {} } }),
    );
    expect([...streams.values()].map(({ name, refuseDead }) => [name, refuseDead])).toEqual([
      ["news", true],
      ["alerts", false],
    ]);
  });
});

test("no line of the log and no sentence holds an address or a business id", async () => {
  const dispatcher = await refusing("a@gmail.com");
  await dispatcher.dispatch(...recordsTo(["a@gmail.com", "b@gmail.com"]));
  const named = () => Promise.reject(new Error("no answer about a@gmail.com"));
  dispatcher.instead = { deadAddresses: { among: named } };
  await dispatcher.dispatch(aRecord({ id: "order-3", to: ["a@gmail.com"] }));
  const said = [dispatcher.log.lines, dispatcher.quarantine.kept.map(({ reason }) => reason)];
  expect(dispatcher.log.of("QUARANTINED")).toHaveLength(1);
  expect(dispatcher.log.of("DEAD_ADDRESSES_NOT_READ")).toHaveLength(1);
  expect(JSON.stringify(said)).not.toMatch(/@|gmail|order-/);
});
