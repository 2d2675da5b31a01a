import { describe, expect, test } from "vitest";
import { messageTag } from "../../shared/domain/sending/message-tag.ts";
import { noonMs, today } from "../support/builders.ts";
import { down } from "../support/dispatcher.ts";
import { TestFeedback } from "../support/feedback.ts";
import { anEvent, type OfMail } from "../support/ses-events.ts";

const ours = { pool: "news", route: "warming", day: today } as const;
const atGmail = { ...ours, provider: "gmail" };

function aRenderingFailure(of: OfMail = {}, failure: object = { errorMessage: "", templateName: "welcome" }) {
  return anEvent("Rendering Failure", { failure }, of);
}

/** A day with a limit of 10 of which 6 are used. */
async function feedbackWithUse(): Promise<TestFeedback> {
  const feedback = new TestFeedback();
  await feedback.allowances.open(atGmail, 10);
  await feedback.allowances.reserve(ours, new Map([["gmail", 6]]));
  return feedback;
}

const used = (feedback: TestFeedback, key = atGmail) => feedback.allowances.of(key)?.used;

describe("mail whose template SES could not render", () => {
  test("is listed in quarantine without a body, by its own id and SES's", async () => {
    const feedback = await feedbackWithUse();
    const tags = { "sw-message": [messageTag("order 8341/receipt") ?? ""] };
    const errorMessage = "Attribute 'order' is not present in the rendering data.";
    await feedback.apply(aRenderingFailure({ id: "ses-1", tags }, { errorMessage, templateName: "welcome" }));
    expect(feedback.quarantine.noted).toEqual([
      {
        message: { name: "ses-1", id: "order 8341/receipt", stream: "news", atMs: noonMs },
        reason: {
          code: "rendering-failed",
          sentence:
            'SES could not render template "welcome" (its data has no "order") and sent nothing: correct the template or the data and send it again under a new id.',
        },
      },
    ]);
  });

  test.each([
    ["of what SES says", { errorMessage: "Unparsable: {{#each ann@gmail.com}}", templateName: "welcome" }],
    ["of a failure that says nothing", undefined],
  ])("repeats no data %s", async (_, failure) => {
    const feedback = await feedbackWithUse();
    await feedback.apply(aRenderingFailure({}, failure));
    const [noted] = feedback.quarantine.noted;
    expect(noted?.reason.sentence).toMatch(/send it again under a new id/);
    expect(JSON.stringify([noted, feedback.log.lines])).not.toContain("ann@gmail.com");
  });

  test("is named by a hash where SES's id has another form than it should", async () => {
    const feedback = await feedbackWithUse();
    await feedback.apply(aRenderingFailure({ id: "ses/1 \u001b[2J" }));
    expect(feedback.quarantine.noted[0]?.message.name).toMatch(/^[\w-]{9}$/);
  });

  test("is told by code and metric, without its data", async () => {
    const feedback = await feedbackWithUse();
    await feedback.apply(
      aRenderingFailure(),
      aRenderingFailure(),
      aRenderingFailure({ tags: { "sw-stream": ["shop"] } }),
    );
    expect(feedback.metrics.total("RenderingFailures")).toBe(3);
    expect(feedback.log.of("RENDERING_FAILED").map(({ fields }) => fields)).toEqual([
      { stream: "news", count: 2 },
      { stream: "shop", count: 1 },
    ]);
  });

  test("gives back its allowance once, however often the event comes and to how many", async () => {
    const feedback = await feedbackWithUse();
    const event = aRenderingFailure();
    await Promise.all([feedback.apply(event, event), feedback.apply(event)]);
    await feedback.apply(event);
    expect(used(feedback)).toBe(5);
  });

  test("gives back a unit for each recipient, at the provider of each", async () => {
    const feedback = await feedbackWithUse();
    const atYahoo = { ...ours, provider: "yahoo" };
    await feedback.allowances.open(atYahoo, 10);
    await feedback.allowances.reserve(ours, new Map([["yahoo", 4]]));
    const to = ["a@gmail.com", "B <b@gmail.com>", "c@yahoo.com"];
    await feedback.apply(aRenderingFailure({ to, tags: { "sw-provider": ["several"] } }));
    expect([used(feedback), used(feedback, atYahoo)]).toEqual([4, 3]);
  });

  test("gives back to the day, route and pool that it was sent by", async () => {
    const feedback = await feedbackWithUse();
    const before = { pool: "shop", route: "established", day: "2026-11-01", provider: "gmail" } as const;
    await feedback.allowances.open(before, 10);
    await feedback.allowances.reserve(before, new Map([["gmail", 3]]));
    const tags = { "sw-pool": ["shop"], "sw-route": ["established"], "sw-day": ["2026-11-01"] };
    await feedback.apply(aRenderingFailure({ tags }));
    expect([feedback.allowances.of(before)?.used, used(feedback)]).toEqual([2, 6]);
  });

  test("opens nothing of a brake: what the brake counts from goes down as well", async () => {
    const feedback = await feedbackWithUse();
    await feedback.allowances.setBrake(atGmail, {
      step: "stop",
      rule: "blocked",
      level: 1,
      trickles: false,
      sinceMs: noonMs,
      untilMs: noonMs + 3_600_000,
      why: "test",
    });
    await feedback.apply(aRenderingFailure());
    expect(feedback.allowances.of(atGmail)).toMatchObject({ used: 5, brake: { floor: 5 } });
  });

  test("of shared IPs has no allowance to give back", async () => {
    const feedback = await feedbackWithUse();
    await feedback.apply(aRenderingFailure({ tags: { "sw-route": ["shared"] } }));
    expect(used(feedback)).toBe(6);
    expect(feedback.quarantine.noted).toHaveLength(1);
  });

  test("comes again when it cannot be listed, alone, and is given back then", async () => {
    const feedback = await feedbackWithUse();
    const event = aRenderingFailure();
    feedback.instead = { quarantine: { note: down } };
    expect(await feedback.apply(anEvent("Send"), event)).toEqual(new Set(["r1"]));
    expect(used(feedback)).toBe(6);
    feedback.instead = {};
    expect(await feedback.apply(event)).toEqual(new Set());
    expect(used(feedback)).toBe(5);
  });

  test("leaves its units used when they cannot be given back, and says so: never twice", async () => {
    const feedback = await feedbackWithUse();
    const event = aRenderingFailure();
    feedback.instead = { reservations: { release: down } };
    expect(await feedback.apply(event)).toEqual(new Set());
    expect(feedback.log.of("ALLOWANCE_NOT_RELEASED")).toHaveLength(1);
    feedback.instead = {};
    await feedback.apply(event);
    expect(used(feedback)).toBe(6);
  });
});

describe("mail that SES took and rejected", () => {
  test("is listed, told and given back as well", async () => {
    const feedback = await feedbackWithUse();
    await feedback.apply(anEvent("Reject", { reject: { reason: "Bad content" } }));
    expect(feedback.quarantine.noted).toMatchObject([{ reason: { code: "rejected-after-acceptance" } }]);
    expect(feedback.metrics.total("RejectedAfterAcceptance")).toBe(1);
    expect(feedback.log.of("REJECTED_AFTER_ACCEPTANCE")).toHaveLength(1);
    expect(used(feedback)).toBe(5);
  });
});

test("an event of no mail of ours gives nothing back and lists nothing", async () => {
  const feedback = await feedbackWithUse();
  const event = aRenderingFailure();
  await feedback.apply({ ...event, mail: { ...event.mail, tags: {} } });
  expect(used(feedback)).toBe(6);
  expect(feedback.quarantine.noted).toEqual([]);
});
