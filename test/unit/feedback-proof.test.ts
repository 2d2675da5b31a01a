import { describe, expect, test } from "vitest";
import { down } from "../support/dispatcher.ts";
import { TestFeedback } from "../support/feedback.ts";
import { aDelivery, anEvent } from "../support/ses-events.ts";

describe("proof of sending", () => {
  const send = anEvent("Send"); // tag: batch `batch`, position 3

  test("is kept where no receipt came", async () => {
    const feedback = new TestFeedback();
    await feedback.apply(send);
    expect(await feedback.proofs.get("batch")).toEqual(new Set([3]));
  });

  test("is kept where the receipt says unknown", async () => {
    const feedback = new TestFeedback();
    await feedback.receipts.put({ batch: "batch", sent: [1], unknown: [3] });
    await feedback.apply(send);
    expect(await feedback.proofs.get("batch")).toEqual(new Set([3]));
  });

  test("is not written where the receipt lists the message as sent", async () => {
    const feedback = new TestFeedback();
    await feedback.receipts.put({ batch: "batch", sent: [3], unknown: [] });
    await feedback.apply(send);
    expect(await feedback.proofs.get("batch")).toEqual(new Set());
  });

  test("reads each batch's receipt once, whatever the number of its events", async () => {
    const feedback = new TestFeedback();
    const { receipts } = feedback;
    let reads = 0;
    const get: typeof receipts.get = (batch) => {
      reads += 1;
      return receipts.get(batch);
    };
    feedback.instead = { receipts: { get, put: (receipt) => receipts.put(receipt) } };
    const events = [1, 2, 3].map((position) => anEvent("Send", {}, { tags: { "sw-id": [`batch-${position}-1`] } }));
    await feedback.apply(...events);
    expect(reads).toBe(1);
  });

  test.each(["", "batch", "batch-3"])("a tag that is not ours proves nothing: %j", async (tag) => {
    const feedback = new TestFeedback();
    await feedback.apply(anEvent("Send", {}, { tags: { "sw-id": [tag] } }));
    expect(await feedback.proofs.get("batch")).toEqual(new Set());
  });

  test("that cannot be kept sends its own records back; those of other batches are kept, and all are counted", async () => {
    const feedback = new TestFeedback();
    const { receipts, proofs } = feedback;
    feedback.instead = {
      receipts: { get: (batch) => (batch === "batch" ? down() : receipts.get(batch)), put: (put) => receipts.put(put) },
    };
    const other = anEvent("Send", {}, { tags: { "sw-id": ["other-0-1"] } });
    expect(await feedback.apply(send, other, anEvent("Send"), aDelivery())).toEqual(new Set(["r0", "r2"]));
    expect(await proofs.get("other")).toEqual(new Set([0]));
    expect(feedback.outcomes.writes).toBe(1);
    expect(feedback.log.of("FEEDBACK_NOT_COUNTED")).toMatchObject([{ fields: { batch: "batch", error: "Error" } }]);
  });
});
