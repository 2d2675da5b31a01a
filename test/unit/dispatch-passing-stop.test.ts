import { describe, expect, test } from "vitest";
import { circuitAt } from "../../shared/domain/sending/circuit.ts";
import { dayMs } from "../../shared/domain/utc-day.ts";
import { allowanceAt, aRecord, minuteMs, noonMs, recordsTo } from "../support/builders.ts";
import { TestDispatcher } from "../support/dispatcher.ts";

/** A dispatcher whose allowance at gmail is spent, while SES takes nothing by shared IPs. */
async function spentBehindACircuit(stream = {}, configurationSet = "shared") {
  const dispatcher = new TestDispatcher(stream);
  dispatcher.allowances.grant(allowanceAt("gmail"), 1, 1);
  const circuit = circuitAt({ kind: "configuration-set", name: configurationSet }, "ses-misconfigured", noonMs);
  await dispatcher.circuits.open(circuit);
  return { dispatcher, circuit };
}

const at = (ms: number) => new Date(ms).toISOString();

describe("mail of a stream that overflows waits no longer than the stop", () => {
  test("it is parked until the circuit's end, and then leaves by shared IPs", async () => {
    const { dispatcher, circuit } = await spentBehindACircuit();
    const record = aRecord();
    expect(await dispatcher.dispatch(record)).toMatchObject([{ kind: "parked", because: "ses-misconfigured" }]);
    expect(dispatcher.held.all).toEqual([]);
    expect(dispatcher.parking.messages).toMatchObject([
      { body: record.body, enqueuedAtMs: record.enqueuedAtMs, delaySeconds: (circuit.untilMs - noonMs) / 1000 },
    ]);
    dispatcher.clock.atMs = circuit.untilMs;
    const again = { ...record, recordId: "again", parked: true };
    expect(await dispatcher.dispatch(again)).toMatchObject([{ kind: "sent", route: "shared" }]);
  });

  test("a batch comes back spread over half a minute", async () => {
    const { dispatcher } = await spentBehindACircuit();
    await dispatcher.dispatch(...recordsTo(["a@gmail.com", "b@gmail.com", "c@gmail.com"]));
    expect(dispatcher.parking.messages.map(({ delaySeconds }) => delaySeconds)).toEqual([120, 121, 122]);
  });

  test("also where shared IPs are forbidden and the stop is on its own", async () => {
    const { dispatcher } = await spentBehindACircuit({ sharedAllowed: false }, "news-established");
    expect(await dispatcher.kinds(aRecord())).toEqual(["parked"]);
  });

  test("and so does mail of a stream that holds, once it may not wait any more", async () => {
    const holding = { whenFull: "hold", longestHoldMs: 60 * minuteMs } as const;
    const { dispatcher } = await spentBehindACircuit(holding);
    const old = aRecord({ id: "old" }, { enqueuedAtMs: noonMs - 61 * minuteMs });
    expect(await dispatcher.kinds(aRecord({ id: "young" }), old)).toEqual(["held", "parked"]);
  });
});

test("mail that no route takes is held for another round, and never past its sendBefore", async () => {
  const dispatcher = new TestDispatcher({ sharedAllowed: false, longestHoldMs: 60 * minuteMs });
  const sendBefore = at(noonMs + 5 * minuteMs);
  expect(await dispatcher.dispatch(aRecord({ sendBefore }))).toMatchObject([
    { kind: "held", untilMs: noonMs + 5 * minuteMs },
  ]);
  const late = at(noonMs + dayMs);
  expect(await dispatcher.dispatch(aRecord({ id: "late", sendBefore: late }))).toMatchObject([
    { kind: "held", untilMs: noonMs + 60 * minuteMs },
  ]);
});
