import { describe, expect, test } from "vitest";
import { dayMs, dayNumber } from "../../shared/domain/utc-day.ts";
import { noonMs, today } from "../support/builders.ts";
import { down } from "../support/dispatcher.ts";
import { TestFeedback } from "../support/feedback.ts";
import {
  aBounce,
  aDelay,
  aDelivery,
  anEvent,
  aRateDelay,
  blockReply,
  type EventText,
  rateReply,
} from "../support/ses-events.ts";

async function countsOf(...events: EventText[]) {
  const feedback = new TestFeedback();
  await feedback.apply(...events);
  const [reading] = await feedback.outcomes.read("news", today);
  return Object.fromEntries(Object.entries(reading?.counts ?? {}).filter(([, count]) => count > 0));
}

const complaint = { complainedRecipients: [{ emailAddress: "a@x.ch" }] };
const expired = (reply: string) => `smtp; 554 4.4.7 Message expired: unable to deliver in 840 minutes.<${reply}>`;

describe("what an event counts as", () => {
  test.each<[string, EventText, Record<string, number>]>([
    ["a send is accepted", anEvent("Send"), { accepted: 1 }],
    ["a send to three is three", anEvent("Send", {}, { to: ["a@x.ch", "b@x.ch", "c@x.ch"] }), { accepted: 3 }],
    ["a delivery", aDelivery(), { delivered: 1 }],
    ["no such mailbox", aBounce("Permanent", "General", "smtp; 550 5.1.1 user unknown"), { bounced: 1 }],
    ["a bounce for reputation is blocked", aBounce("Transient", "General", blockReply), { blocked: 1 }],
    ["a rate limit is deferred", aRateDelay(), { deferred: 1 }],
    [
      "a rate limit that came as a bounce is deferred",
      aBounce("Transient", "General", expired(rateReply)),
      { deferred: 1 },
    ],
    [
      "an account that expired is no such mailbox",
      aBounce("Permanent", "General", "550 5.2.1 account expired"),
      { bounced: 1 },
    ],
    ["SES's suppression list is no signal", aBounce("Permanent", "OnAccountSuppressionList"), {}],
    ["SES's address check is no signal", aBounce("Permanent", "EmailValidationSuppressed"), {}],
    [
      "a full mailbox is the recipient's",
      aBounce("Transient", "MailboxFull", "smtp; 452 4.2.2 full"),
      { mailboxFull: 1 },
    ],
    ["a delay that the provider causes is deferred", aDelay("IPFailure"), { deferred: 1 }],
    ["a delay for the recipient's sake is no deferral", aDelay("MailboxFull"), { mailboxFull: 1 }],
    ["a complaint", anEvent("Complaint", { complaint }), { complained: 1 }],
    [
      "a person's word that it is no spam",
      anEvent("Complaint", { complaint: { ...complaint, complaintFeedbackType: "not-spam" } }),
      {},
    ],
    [
      "a complaint by the receiver's own check of who sent it is no reader's",
      anEvent("Complaint", { complaint: { ...complaint, complaintFeedbackType: "auth-failure" } }),
      {},
    ],
    [
      "a complaint of no type",
      anEvent("Complaint", { complaint: { ...complaint, complaintSubType: null } }),
      { complained: 1 },
    ],
    [
      "one complaint that names every recipient it may be from is one",
      anEvent("Complaint", {
        complaint: { complainedRecipients: ["c", "a", "b"].map((n) => ({ emailAddress: `${n}@x.ch` })) },
      }),
      { complained: 1 },
    ],
    ["a complaint that names nobody is one", anEvent("Complaint", { complaint: {} }), { complained: 1 }],
    ["a suppression of the tenant is no signal", aBounce("Permanent", "OnTenantSuppressionList"), {}],
    ["a delay without a word of its cause is read by its status", aDelay("General", {}, ""), { policyAuth: 1 }],
    [
      "SES's rejection of a message: nothing was sent",
      anEvent("Reject", { reject: { reason: "Bad content" } }),
      { unsent: 1 },
    ],
    [
      "a template that could not be rendered: nothing was sent",
      anEvent("Rendering Failure", { failure: { errorMessage: "no", templateName: "hi" } }),
      { unsent: 1 },
    ],
    ["a type that SES has not invented yet", anEvent("Teleported"), {}],
  ])("%s", async (_, event, counts) => {
    expect(await countsOf(event)).toEqual(counts);
  });

  test("a reply no rule knows is labelled by its codes and counted as unclassified", async () => {
    const event = aBounce("Transient", "General", "smtp; 550 5.7.1 zzz qqq");
    expect(await countsOf(event)).toMatchObject({ unclassified: 1 });
  });

  test("a rate limit that delays a mail and then ends it is one deferral", async () => {
    const of = { id: "ses-late" };
    expect(
      await countsOf(aRateDelay(of), aRateDelay(of), aBounce("Transient", "General", expired(rateReply), of)),
    ).toEqual({
      deferred: 1,
    });
  });
});

test("a complaint that names every recipient counts once in the metric too, and once with one that is repeated", async () => {
  const feedback = new TestFeedback();
  const of = { id: "ses-many", to: ["b@x.ch", "a@x.ch"] };
  const named = (...addresses: string[]) => ({
    complaint: { complainedRecipients: addresses.map((emailAddress) => ({ emailAddress })) },
  });
  await feedback.apply(anEvent("Complaint", named("b@x.ch", "a@x.ch"), of));
  expect(feedback.metrics.total("Complaints")).toBe(1);
  await feedback.apply(anEvent("Complaint", named("a@x.ch", "B <b@x.ch>"), of));
  const [reading] = await feedback.outcomes.read("news", today);
  expect(reading?.counts.complained).toBe(1);
});

describe("an event's time", () => {
  const slotDays = async (atMs: number) => {
    const feedback = new TestFeedback();
    await feedback.apply(aRateDelay({ atMs }));
    const days: number[] = [];
    for await (const { slotMs } of feedback.outcomes.keptSince({ pool: "news", day: today }, 0)) {
      days.push((slotMs - dayNumber(today) * dayMs) / dayMs);
    }
    return days;
  };

  test("that lies years ahead counts within the 15 days that can tell of its mail", async () => {
    expect(await slotDays(noonMs + 400 * dayMs)).toEqual([15]);
  });

  test("that lies before its mail was admitted counts from the start of that day", async () => {
    expect(await slotDays(noonMs - 400 * dayMs)).toEqual([0]);
  });
});

describe("folding", () => {
  test("a batch is one write for each pool and send day", async () => {
    const feedback = new TestFeedback();
    const yahoo = { tags: { "sw-provider": ["yahoo"] } };
    await feedback.apply(anEvent("Send"), anEvent("Send"), aRateDelay(), anEvent("Send", {}, yahoo));
    expect(feedback.outcomes.writes).toBe(1);
    const readings = await feedback.outcomes.read("news", today);
    expect(readings.map(({ key, counts }) => [key.provider, counts.accepted, counts.deferred])).toEqual([
      ["gmail", 2, 1],
      ["yahoo", 1, 0],
    ]);
  });

  test("an event is booked to the day that admitted its mail, whenever it comes", async () => {
    const feedback = new TestFeedback();
    await feedback.apply(aDelivery({ tags: { "sw-day": ["2026-10-30"] } }));
    expect(await feedback.outcomes.read("news", "2026-10-30")).toHaveLength(1);
    expect(await feedback.outcomes.read("news", today)).toEqual([]);
  });

  test("mail to several providers is counted for each recipient's own", async () => {
    const feedback = new TestFeedback();
    const to = ["a@gmail.com", "b@yahoo.com", "c@gmail.com", "d@firm.example"];
    await feedback.apply(anEvent("Send", {}, { to, tags: { "sw-provider": ["several"] } }));
    const readings = await feedback.outcomes.read("news", today);
    expect(new Map(readings.map(({ key, counts }) => [key.provider, counts.accepted]))).toEqual(
      new Map([
        ["gmail", 2],
        ["yahoo", 1],
        ["other", 1],
      ]),
    );
  });

  test("events without our tags are ignored, and said so", async () => {
    const feedback = new TestFeedback();
    await feedback.apply({ ...anEvent("Send"), mail: { messageId: "1", destination: ["a@x.ch"], tags: {} } });
    expect(feedback.outcomes.writes).toBe(0);
    expect(feedback.log.of("EVENT_IGNORED")).toMatchObject([{ fields: { count: 1 } }]);
  });

  test("a write that fails sends its own records back and no other", async () => {
    const feedback = new TestFeedback();
    const { outcomes } = feedback;
    feedback.instead = {
      outcomes: Object.assign(Object.create(outcomes), {
        keep: (...[key, slots, nowMs]: Parameters<typeof outcomes.keep>) =>
          key.pool === "shop" ? down() : outcomes.keep(key, slots, nowMs),
      }),
    };
    const failed = await feedback.apply(anEvent("Send"), anEvent("Send", {}, { tags: { "sw-pool": ["shop"] } }));
    expect(failed).toEqual(new Set(["r1"]));
    expect(outcomes.writes).toBe(1);
  });

  test("what an operator watches is counted as it comes in", async () => {
    const feedback = new TestFeedback();
    await feedback.apply(aRateDelay(), anEvent("Complaint", { complaint }), aBounce("Transient", "General", "zzz"));
    const { metrics, events, log } = feedback;
    expect(
      ["RecipientsRefused", "Complaints", "UnclassifiedReplies"].map((name) => metrics.total(name as "Complaints")),
    ).toEqual([1, 1, 1]);
    expect(log.of("REPLIES_UNCLASSIFIED")).toMatchObject([{ fields: { provider: "gmail", count: 1 } }]);
    expect(events.published.map(({ type }) => type)).toContain("Unclassified Replies");
  });
});

describe("dead addresses", () => {
  const dead = aBounce("Permanent", "General", "smtp; 550 5.1.1 user unknown");

  const addresses = ["ann@gmail.com", "b@gmail.com", "c@gmail.com", "d@gmail.com"];
  const aBounceOf = (emailAddress: string, bounceType: string, diagnosticCode: string) =>
    anEvent("Bounce", {
      bounce: { bounceType, bounceSubType: "General", bouncedRecipients: [{ emailAddress, diagnosticCode }] },
    });

  test("are kept for streams that refuse mail to them", async () => {
    const feedback = new TestFeedback();
    feedback.settings = { ...feedback.settings, refusingDead: new Set(["news"]) };
    await feedback.apply(
      dead,
      aBounceOf("b@gmail.com", "Transient", "smtp; 550 5.1.1 user unknown"),
      aBounceOf("c@gmail.com", "Undetermined", "smtp; 550 5.1.1 user unknown"),
      aBounceOf("d@gmail.com", "Permanent", "smtp; 550 zzz qqq"),
    );
    expect(await feedback.deadAddresses.among(addresses, feedback.clock.nowMs())).toEqual(new Set(["ann@gmail.com"]));
  });

  test("are not kept for others", async () => {
    const feedback = new TestFeedback();
    await feedback.apply(dead);
    expect(await feedback.deadAddresses.among(["ann@gmail.com"], feedback.clock.nowMs())).toEqual(new Set());
  });
});
