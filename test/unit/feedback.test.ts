import { describe, expect, test } from "vitest";
import { applyFeedback, type FeedbackPorts } from "../../shared/app/feedback/apply-feedback.ts";
import { parseSesEvent, type SesEvent } from "../../shared/contracts/ses-event.ts";
import { providerDirectory } from "../../shared/domain/routing/mailbox-provider.ts";
import { noonMs, today } from "../support/builders.ts";
import { down } from "../support/dispatcher.ts";
import { ManualClock } from "../support/fakes/manual-clock.ts";
import { MemoryOutcomes } from "../support/fakes/memory-outcomes.ts";
import { MemoryProofs } from "../support/fakes/memory-proofs.ts";
import { MemoryReceipts } from "../support/fakes/memory-receipts.ts";
import { RecordingLog } from "../support/fakes/recording-log.ts";
import { aBounce, aDelay, anEvent, type EventText } from "../support/ses-events.ts";

const directory = providerDirectory();

function feedback() {
  const outcomes = new MemoryOutcomes();
  const [receipts, proofs, log] = [new MemoryReceipts(), new MemoryProofs(), new RecordingLog()];
  const ports: FeedbackPorts = { clock: new ManualClock(noonMs), outcomes, receipts, proofs, log };
  const apply = (...events: EventText[]) => applyFeedback(ports, directory, recordsOf(events));
  return { ports, outcomes, receipts, proofs, log, apply };
}

/** Events by record id: `r0`, `r1`, ... */
function recordsOf(events: readonly EventText[]): Map<string, SesEvent> {
  return new Map(
    events.flatMap((event, index): [string, SesEvent][] => {
      const parsed = parseSesEvent(JSON.stringify(event));
      return parsed === undefined ? [] : [[`r${index}`, parsed]];
    }),
  );
}

async function countsOf(...events: EventText[]) {
  const { outcomes, apply } = feedback();
  await apply(...events);
  const [reading] = await outcomes.read("news", today);
  return Object.fromEntries(Object.entries(reading?.counts ?? {}).filter(([, count]) => count > 0));
}

describe("what an event counts as", () => {
  test.each<[string, EventText, Record<string, number>]>([
    ["a send is accepted", anEvent("Send"), { accepted: 1 }],
    [
      "a send to three is accepted by three",
      anEvent("Send", {}, { to: ["a@x.ch", "b@x.ch", "c@x.ch"] }),
      { accepted: 3 },
    ],
    ["a delivery", anEvent("Delivery", { delivery: { recipients: ["ann@gmail.com"] } }), { delivered: 1 }],
    ["a hard bounce", aBounce("Permanent", "General", "smtp; 550 5.1.1 user unknown"), { bounced: 1 }],
    ["a bounce for policy is blocked", aBounce("Permanent", "General", "smtp; 550 5.7.1 blocked"), { blocked: 1 }],
    ["a bounce from SES's suppression list is no signal", aBounce("Permanent", "OnAccountSuppressionList"), {}],
    ["a full mailbox is no signal", aBounce("Transient", "MailboxFull", "smtp; 452 4.2.2 full"), {}],
    ["a delay that the provider causes is deferred", aDelay("IPFailure"), { deferred: 1 }],
    ["a delay for the recipient's sake is no signal", aDelay("MailboxFull"), {}],
    [
      "a complaint",
      anEvent("Complaint", { complaint: { complainedRecipients: [{ emailAddress: "a@x.ch" }] } }),
      { complained: 1 },
    ],
    ["a rejection of SES's own is no signal", anEvent("Reject", { reject: { reason: "Bad content" } }), {}],
  ])("%s", async (_, event, counts) => {
    expect(await countsOf(event)).toEqual(counts);
  });
});

describe("folding", () => {
  test("a batch of events is one write for each pool, route, provider and day", async () => {
    const { outcomes, apply } = feedback();
    const yahoo = { tags: { "sw-provider": ["yahoo"] } };
    await apply(anEvent("Send"), anEvent("Send"), aDelay("IPFailure"), anEvent("Send", {}, yahoo));
    expect(outcomes.writes).toBe(2);
    const readings = await outcomes.read("news", today);
    expect(readings.map(({ key, counts }) => [key.provider, counts.accepted, counts.deferred])).toEqual([
      ["gmail", 2, 1],
      ["yahoo", 1, 0],
    ]);
  });

  test("an event is booked to the day that admitted its mail, whenever it comes", async () => {
    const { outcomes, apply } = feedback();
    await apply(anEvent("Delivery", { delivery: { recipients: ["a@x.ch"] } }, { tags: { "sw-day": ["2026-10-30"] } }));
    expect(await outcomes.read("news", "2026-10-30")).toHaveLength(1);
    expect(await outcomes.read("news", today)).toEqual([]);
  });

  test("mail to several providers is counted for each recipient's own", async () => {
    const { outcomes, apply } = feedback();
    const to = ["a@gmail.com", "b@yahoo.com", "c@gmail.com", "d@firm.example"];
    await apply(anEvent("Send", {}, { to, tags: { "sw-provider": ["several"] } }));
    const readings = await outcomes.read("news", today);
    expect(new Map(readings.map(({ key, counts }) => [key.provider, counts.accepted]))).toEqual(
      new Map([
        ["gmail", 2],
        ["yahoo", 1],
        ["other", 1],
      ]),
    );
  });

  test("events without our tags are ignored, and said so", async () => {
    const { outcomes, log, apply } = feedback();
    const foreign = { ...anEvent("Send"), mail: { messageId: "1", destination: ["a@x.ch"], tags: {} } };
    await apply(foreign);
    expect(outcomes.writes).toBe(0);
    expect(log.of("EVENT_IGNORED")).toMatchObject([{ fields: { count: 1 } }]);
  });

  test("a write that fails sends its own records back and no other", async () => {
    const { ports, outcomes } = feedback();
    const add: typeof outcomes.add = (key, counts) => (key.provider === "yahoo" ? down() : outcomes.add(key, counts));
    const events = recordsOf([anEvent("Send"), anEvent("Send", {}, { tags: { "sw-provider": ["yahoo"] } })]);
    const broken = { ...ports, outcomes: { add, read: outcomes.read } };
    expect(await applyFeedback(broken, directory, events)).toEqual(new Set(["r1"]));
    expect(outcomes.writes).toBe(1);
  });
});

describe("proof of sending", () => {
  const send = anEvent("Send"); // tag: batch `batch`, position 3

  test("is kept where no receipt came", async () => {
    const { proofs, apply } = feedback();
    await apply(send);
    expect(await proofs.get("batch")).toEqual(new Set([3]));
  });

  test("is kept where the receipt says unknown", async () => {
    const { receipts, proofs, apply } = feedback();
    await receipts.put({ batch: "batch", sent: [1], unknown: [3] });
    await apply(send);
    expect(await proofs.get("batch")).toEqual(new Set([3]));
  });

  test("is not written where the receipt lists the message as sent", async () => {
    const { receipts, proofs, apply } = feedback();
    await receipts.put({ batch: "batch", sent: [3], unknown: [] });
    await apply(send);
    expect(await proofs.get("batch")).toEqual(new Set());
  });

  test("reads each batch's receipt once, whatever the number of its events", async () => {
    const { ports, receipts } = feedback();
    let reads = 0;
    const get: typeof receipts.get = (batch) => {
      reads += 1;
      return receipts.get(batch);
    };
    const broken = {
      ...ports,
      receipts: { get, put: (receipt: Parameters<typeof receipts.put>[0]) => receipts.put(receipt) },
    };
    const events = [1, 2, 3].map((position) => anEvent("Send", {}, { tags: { "sw-id": [`batch-${position}-1`] } }));
    await applyFeedback(broken, directory, recordsOf(events));
    expect(reads).toBe(1);
  });

  test.each(["", "batch", "batch-3"])("a tag that is not ours proves nothing: %j", async (tag) => {
    const { proofs, apply } = feedback();
    await apply(anEvent("Send", {}, { tags: { "sw-id": [tag] } }));
    expect(await proofs.get("batch")).toEqual(new Set());
  });

  test("that cannot be kept fails the batch before anything is counted", async () => {
    const { ports, outcomes } = feedback();
    const broken = { ...ports, proofs: { add: down, get: down } };
    await expect(applyFeedback(broken, directory, recordsOf([send]))).rejects.toThrow("down");
    expect(outcomes.writes).toBe(0);
  });
});
