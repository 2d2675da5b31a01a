import { describe, expect, test } from "vitest";
import { down } from "../support/dispatcher.ts";
import { TestFeedback } from "../support/feedback.ts";
import { anEvent } from "../support/ses-events.ts";

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

  test("that cannot be kept fails the batch before anything is counted", async () => {
    const feedback = new TestFeedback();
    feedback.instead = { proofs: { add: down, get: down } };
    await expect(feedback.apply(send)).rejects.toThrow("down");
    expect(feedback.outcomes.writes).toBe(0);
  });
});
