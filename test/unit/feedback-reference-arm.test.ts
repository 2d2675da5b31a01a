import { describe, expect, test } from "vitest";
import { parseStreamArm, streamArmText } from "../../shared/domain/feedback/arm.ts";
import { today } from "../support/builders.ts";
import { TestFeedback } from "../support/feedback.ts";
import { aDelay, anEvent } from "../support/ses-events.ts";

describe("what comes back of the samples", () => {
  test("is kept apart, and adds up with the rest", async () => {
    const feedback = new TestFeedback();
    const tagged = (arm: string) => ({ tags: { "sw-arm": [arm] } });
    await feedback.apply(
      anEvent("Delivery", {}, tagged("trial")),
      anEvent("Delivery", {}, { ...tagged("control"), to: ["bob@gmail.com"] }),
      anEvent("Delivery", {}, { ...tagged("other"), to: ["carl@gmail.com"] }),
      anEvent("Delivery", {}, { to: ["dora@gmail.com"] }),
    );
    const readings = await feedback.outcomes.read("news", today);
    const found = readings.map(({ key: { stream, arm }, counts }) => [stream, arm, counts.delivered]);
    expect(found.toSorted()).toEqual([
      ["news", "control", 1],
      ["news", "none", 2],
      ["news", "trial", 1],
    ]);
  });

  test("counts for the brakes like all other mail", async () => {
    const feedback = new TestFeedback();
    const delay = aDelay("IPFailure");
    await feedback.apply({ ...delay, mail: { ...delay.mail, tags: { ...delay.mail.tags, "sw-arm": ["trial"] } } });
    const answersOf = await feedback.knownAnswers.latest("news", feedback.clock.nowMs());
    expect((await feedback.outcomes.read("news", today)).map(({ key }) => key.arm)).toEqual(["trial"]);
    expect(answersOf("gmail", "warming").today).toMatchObject([{ answers: 1, refused: { throttled: 1 } }]);
  });

  test.each(["none", "trial", "control"] as const)("in arm %s is read as it was written", (arm) => {
    expect(parseStreamArm(streamArmText("news", arm))).toEqual({ stream: "news", arm });
  });

  test("from before there were arms is in none", () => {
    expect(parseStreamArm("news")).toEqual({ stream: "news", arm: "none" });
  });
});
