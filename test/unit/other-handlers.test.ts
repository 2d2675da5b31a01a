import { describe, expect, test } from "vitest";
import { makeHandler as makeFeedbackHandler } from "../../functions/feedback/handler.ts";
import { makeHandler as makeRampHandler } from "../../functions/ramp/handler.ts";
import { makeHandler as makeReleaseHandler } from "../../functions/release/handler.ts";
import { allowedIps } from "../../shared/domain/guard/outgoing-ip.ts";
import type { WallLevel } from "../../shared/domain/quality/wall.ts";
import type { Circuit } from "../../shared/domain/sending/circuit.ts";
import { aHeldMessage, aPool, aStream, noonMs, settingsFor, today } from "../support/builders.ts";
import { ManualClock } from "../support/fakes/manual-clock.ts";
import { MemoryAllowances } from "../support/fakes/memory-allowances.ts";
import { MemoryHeldMail } from "../support/fakes/memory-held-mail.ts";
import { MemoryLifeCycles } from "../support/fakes/memory-life-cycles.ts";
import { MemoryMailQueue } from "../support/fakes/memory-mail-queue.ts";
import { MemoryServiceClock } from "../support/fakes/memory-service-clock.ts";
import { RecordingLog } from "../support/fakes/recording-log.ts";
import { TestFeedback } from "../support/feedback.ts";
import { aContext, anSqsEvent, anSqsRecord } from "../support/lambda.ts";
import { TestRamp } from "../support/ramp.ts";
import { anEvent } from "../support/ses-events.ts";

describe("the feedback function", () => {
  function feedback() {
    const feedback = new TestFeedback();
    const lifeCycles = new MemoryLifeCycles();
    const outgoing = { pools: ["news"], allowed: allowedIps([{ name: "news", ips: ["192.0.2.1"] }]) };
    const { ports, settings, outcomes } = feedback;
    return {
      outcomes,
      lifeCycles,
      ports: feedback,
      handler: makeFeedbackHandler({ ports: { ...ports, lifeCycles }, settings, outgoing }),
    };
  }

  test("counts what it can read and sends what it cannot towards the dead letters", async () => {
    const { outcomes, handler } = feedback();
    const good = anSqsRecord("good", JSON.stringify(anEvent("Send")));
    const answer = await handler(anSqsEvent(anSqsRecord("bad", "no event"), good), aContext);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "bad" }] });
    expect(await outcomes.read("news", today)).toMatchObject([{ counts: { accepted: 1 } }]);
  });

  test("takes SES's word that it reached the topic for what it is", async () => {
    const { handler } = feedback();
    const word = "Successfully validated SNS topic for Amazon SES event publishing.";
    expect(await handler(anSqsEvent(anSqsRecord("word", word)), aContext)).toEqual({ batchItemFailures: [] });
  });

  test("holds the pool whose mail left by an IP that does not belong", async () => {
    const { lifeCycles, handler } = feedback();
    const event = anEvent("Delivery");
    const tags = { ...event.mail.tags, "ses:configuration-set": ["news-warming"], "ses:outgoing-ip": ["198.51.100.9"] };
    await handler(anSqsEvent(anSqsRecord("a", JSON.stringify({ ...event, mail: { ...event.mail, tags } }))), aContext);
    const { holds } = await lifeCycles.read("news");
    expect(holds[0]?.sentence).toContain("198.51.100.9");
  });

  test("counts nothing by a clock that is ahead, puts on no brake, and says so", async () => {
    const { outcomes, ports, handler } = feedback();
    ports.serviceClock.aheadMs = 40 * 86_400_000;
    const sent = anSqsRecord("a", JSON.stringify(anEvent("Send")), { firstReceivedMs: noonMs - 40 * 86_400_000 });
    await expect(handler(anSqsEvent(sent), aContext)).rejects.toThrow("40 days ahead of AWS's");
    expect(await outcomes.read("news", today)).toEqual([]);
    expect(ports.log.of("CLOCK_WRONG")).toHaveLength(1);
  });

  test("sends back what could not be counted", async () => {
    const { outcomes, handler } = feedback();
    outcomes.keep = () => Promise.reject(new Error("the store is down"));
    const answer = await handler(anSqsEvent(anSqsRecord("a", JSON.stringify(anEvent("Send")))), aContext);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "a" }] });
  });
});

describe("the ramp function", () => {
  function ramp() {
    const { record, ports, clock } = new TestRamp();
    clock.advance(36 * 3_600_000);
    const settings = { pools: new Map([["news", aPool()]]), providers: ["gmail"] };
    return { record, handler: makeRampHandler({ ports, settings }) };
  }

  test("opens the day of the schedule's own time, however late it runs", async () => {
    const { record, handler } = ramp();
    await handler({ scheduledTime: "2026-11-02T23:59:59Z" }, aContext);
    expect(await record.mark("news")).toMatchObject({ day: today });
  });

  test.each([{}, { scheduledTime: "soon" }, undefined, "text"])(
    "refuses an event without that time: %j",
    async (event) => {
      const { record, handler } = ramp();
      await expect(handler(event, aContext)).rejects.toThrow();
      expect(await record.mark("news")).toBeUndefined();
    },
  );
});

describe("the release function", () => {
  function release() {
    const [held, sendQueue] = [new MemoryHeldMail(), new MemoryMailQueue()];
    const clock = new ManualClock(noonMs);
    const serviceClock = new MemoryServiceClock(clock);
    const ports = {
      held,
      sendQueue,
      allowances: new MemoryAllowances(),
      walls: { levels: async () => new Map<string, WallLevel>() },
      circuits: { openNow: async () => new Map<string, Circuit>() },
      clock,
      serviceClock,
      log: new RecordingLog(),
    };
    const handler = makeReleaseHandler({ ports, deployment: settingsFor([aStream()]) });
    return { held, sendQueue, serviceClock, log: ports.log, handler };
  }

  test("puts back what is due, whatever the event says", async () => {
    const { held, sendQueue, handler } = release();
    await held.hold(aHeldMessage({ untilMs: noonMs }), "body");
    await handler(undefined, aContext);
    expect(sendQueue.messages).toMatchObject([{ body: "body" }]);
  });

  test.each([
    ["ahead", 40 * 86_400_000, "40 days ahead of AWS's"],
    ["behind", -86_400_000, "24 hours behind AWS's"],
  ])("changes nothing by a clock that is %s, and says so", async (_, aheadMs, says) => {
    const { held, sendQueue, serviceClock, log, handler } = release();
    await held.hold(aHeldMessage({ untilMs: noonMs }), "body");
    serviceClock.aheadMs = aheadMs;
    await expect(handler(undefined, aContext)).rejects.toThrow(says);
    expect(sendQueue.messages).toEqual([]);
    expect(held.all).toHaveLength(1);
    expect(log.of("CLOCK_WRONG")).toHaveLength(1);
  });

  test("works by a clock that is off by a few minutes", async () => {
    const { held, sendQueue, serviceClock, handler } = release();
    await held.hold(aHeldMessage({ untilMs: noonMs }), "body");
    serviceClock.aheadMs = 4 * 60_000;
    await handler(undefined, aContext);
    expect(sendQueue.messages).toHaveLength(1);
  });

  test("takes up nothing in its last seconds", async () => {
    const { held, sendQueue, handler } = release();
    await held.hold(aHeldMessage({ untilMs: noonMs }), "body");
    await handler(undefined, { ...aContext, getRemainingTimeInMillis: () => 10_000 });
    expect(sendQueue.messages).toEqual([]);
  });
});
