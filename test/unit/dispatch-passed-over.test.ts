import { describe, expect, test } from "vitest";
import { tellOutcomes } from "../../shared/app/dispatch/tell-outcomes.ts";
import { armOf } from "../../shared/domain/feedback/arm.ts";
import { passText } from "../../shared/domain/routing/passed-over.ts";
import { circuitAt } from "../../shared/domain/sending/circuit.ts";
import type { Outcome } from "../../shared/domain/sending/outcome.ts";
import { allowanceAt, aRecord, minuteMs, noonMs, recordsTo } from "../support/builders.ts";
import { TestDispatcher } from "../support/dispatcher.ts";

const warming = allowanceAt("gmail");
const whyOf = (outcome: Outcome | undefined) =>
  outcome !== undefined && "passedOver" in outcome ? outcome.passedOver?.map(passText) : undefined;
const whyTag = ({ sender }: TestDispatcher) => sender.calls.at(-1)?.tags["sw-why"];

/** A dispatcher with room for one at gmail on warming IPs. */
function withRoomForOne(stream = {}): TestDispatcher {
  const dispatcher = new TestDispatcher(stream);
  dispatcher.allowances.nowMs = noonMs;
  dispatcher.allowances.grant(warming, 1);
  return dispatcher;
}

describe("a message that was sent", () => {
  test("by its first route passed over none", async () => {
    const dispatcher = withRoomForOne();
    const [outcome] = await dispatcher.dispatch(aRecord());
    expect([whyOf(outcome), whyTag(dispatcher)]).toEqual([[], undefined]);
  });

  test("keeps why it did not take the routes before, and its mail the first of them as tag sw-why", async () => {
    const dispatcher = withRoomForOne();
    const [, second] = await dispatcher.dispatch(...recordsTo(["a@gmail.com", "b@gmail.com"]));
    expect(whyOf(second)).toEqual(["spent_warming", "no_allowance_established"]);
    expect(whyTag(dispatcher)).toBe("spent_warming");
  });

  test.each([
    ["braked_warming", { brake: true }],
    ["not_open_yet_warming", { pace: "paced" as const }],
  ])("says %s", async (why, { brake = false, pace = "open" }: { brake?: boolean; pace?: "open" | "paced" }) => {
    const dispatcher = new TestDispatcher();
    dispatcher.allowances.nowMs = noonMs;
    await dispatcher.allowances.open(warming, 100, { pace });
    await dispatcher.allowances.reserve(warming, new Map([["gmail", 70]]));
    if (brake) {
      const until = { sinceMs: noonMs, untilMs: noonMs + minuteMs };
      await dispatcher.allowances.setBrake(warming, {
        ...until,
        step: "stop",
        rule: "test",
        level: 1,
        trickles: false,
        why: "",
      });
    }
    await dispatcher.dispatch(aRecord());
    expect(whyTag(dispatcher)).toBe(why);
  });

  test("says that another recipient's provider was full where its own had room", async () => {
    const dispatcher = withRoomForOne();
    await dispatcher.dispatch(aRecord({ to: ["a@gmail.com", "b@yahoo.com"] }));
    expect(whyTag(dispatcher)).toBe("other_provider_full_warming");
  });

  test("says that it belongs to the control sample", async () => {
    const id = Array.from({ length: 100 }, (_, n) => `order-${n}`).find((each) => armOf(each, 0.5) === "control");
    const dispatcher = withRoomForOne({ referenceShare: 0.5 });
    await dispatcher.dispatch(aRecord({ id }));
    expect(whyTag(dispatcher)).toBe("control_sample_warming");
  });

  test("has no sw-why where the application's own tags leave no room for it: SES takes 50", async () => {
    const EmailTags = Array.from({ length: 42 }, (_, n) => ({ Name: `t${n}`, Value: "x" }));
    for (const [count, expected] of [
      [42, "no_allowance_warming"],
      [43, undefined],
    ] as const) {
      const dispatcher = new TestDispatcher();
      const email = { EmailTags: [...EmailTags, { Name: "last", Value: "x" }].slice(0, count) };
      const record = aRecord();
      const message = { ...record.message, email: { ...record.message.email, ...email } };
      await dispatcher.dispatch({ ...record, message });
      expect(whyTag(dispatcher)).toBe(expected);
    }
  });
});

test("mail that is held keeps why", async () => {
  const dispatcher = withRoomForOne({ whenFull: "hold" });
  const [, held] = await dispatcher.dispatch(...recordsTo(["a@gmail.com", "b@gmail.com"]));
  expect(whyOf(held)).toEqual(["spent_warming", "no_allowance_established", "waits_shared"]);
});

test("mail that is parked for a stop keeps why", async () => {
  const dispatcher = new TestDispatcher({ pool: undefined });
  const onShared = { kind: "configuration-set", name: "shared" } as const;
  await dispatcher.circuits.open(circuitAt(onShared, "ses-paused", noonMs));
  const [parked] = await dispatcher.dispatch(aRecord());
  expect(whyOf(parked)).toEqual(["circuit_shared"]);
});

test("a batch is told by outcome and by route and reason; the metric has each message once, by its first reason", async () => {
  const dispatcher = withRoomForOne({ whenFull: "hold" });
  const outcomes = await dispatcher.dispatch(...recordsTo(["a@gmail.com", "b@gmail.com", "c@yahoo.com"]));
  tellOutcomes(dispatcher, outcomes.length, outcomes);
  expect(dispatcher.log.of("BATCH_DISPATCHED")).toMatchObject([
    {
      fields: {
        sent: 1,
        held: 2,
        passedOver: { spent_warming: 1, no_allowance_warming: 1, no_allowance_established: 2, waits_shared: 2 },
      },
    },
  ]);
  expect(dispatcher.metrics.counted).toEqual([
    { name: "FirstRoutePassedOver", value: 1, dimensions: { reason: "spent" } },
    { name: "FirstRoutePassedOver", value: 1, dimensions: { reason: "no-allowance" } },
  ]);
});
