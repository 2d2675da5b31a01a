import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { readSeen } from "../../shared/app/guard/read-seen.ts";
import { type OutcomeCounts, totalOutcomes } from "../../shared/domain/feedback/outcome-counts.ts";
import { qualityOf } from "../../shared/domain/quality/stream-quality.ts";
import { today } from "../support/builders.ts";
import { MemoryDedicatedIps } from "../support/fakes/memory-dedicated-ips.ts";
import { MemoryMailSettings } from "../support/fakes/memory-mail-settings.ts";
import { TestFeedback } from "../support/feedback.ts";
import { anEvent, type EventText } from "../support/ses-events.ts";

/** Events as people with this job met them. Each lies as a file beside the repository where it is developed. */
const CaseFile = z.union([
  z.object({ event: z.looseObject({}) }).transform(({ event }) => event),
  z.object({ events: z.tuple([z.looseObject({})]) }).transform(({ events: [event] }) => event),
]);

/** Our own form of a case, and the file where there is one. */
function forms(name: string, own: EventText): (readonly [form: string, event: EventText])[] {
  const path = fileURLToPath(new URL(`../../../shared/cases/${name}.json`, import.meta.url));
  if (!existsSync(path)) return [["our form", own]];
  return [
    ["our form", own],
    ["the file", CaseFile.parse(JSON.parse(readFileSync(path, "utf8"))) as unknown as EventText],
  ];
}

async function countsAfter(feedback: TestFeedback, ...events: EventText[]): Promise<Partial<OutcomeCounts>> {
  await feedback.apply(...events);
  const counts = totalOutcomes(await feedback.outcomes.read("news", today), () => true);
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

const bounced = (bounceType: string, bounceSubType: string, recipient: object): EventText =>
  anEvent("Bounce", { bounce: { bounceType, bounceSubType, bouncedRecipients: [recipient] } });

const complained = { complainedRecipients: [{ emailAddress: "ann@gmail.com" }] };

describe.each(
  forms(
    "event-complaint-suppressed",
    anEvent("Complaint", { complaint: { ...complained, complaintSubType: "OnAccountSuppressionList" } }),
  ),
)("a complaint by the account's suppression list (%s)", (_, event) => {
  test("is none: SES sent nothing, and nobody is told of one", async () => {
    const feedback = new TestFeedback();
    expect(await countsAfter(feedback, event)).toEqual({});
    expect(feedback.metrics.total("Complaints")).toBe(0);
  });
});

describe.each(
  forms(
    "event-display-name",
    bounced("Permanent", "General", {
      emailAddress: '"Smith, Ann" <ann@gmail.com>',
      diagnosticCode: "smtp; 550 5.1.1 user unknown",
    }),
  ),
)("a bounce that names its recipient with a display name (%s)", (_, event) => {
  const bare = bounced("Permanent", "General", {
    emailAddress: "Ann@gmail.com",
    diagnosticCode: "smtp; 550 5.1.1 user unknown",
  });
  const ofSameMail = { ...bare, mail: { ...bare.mail, messageId: event.mail.messageId } };

  test("counts once beside one that names the bare address", async () => {
    expect(await countsAfter(new TestFeedback(), event, ofSameMail)).toEqual({ bounced: 1 });
  });

  test("keeps the bare address as dead", async () => {
    const feedback = new TestFeedback();
    feedback.settings = { ...feedback.settings, refusingDead: new Set(["news"]) };
    await feedback.apply(event);
    expect(await feedback.deadAddresses.among(["ann@gmail.com"], feedback.clock.nowMs())).toEqual(
      new Set(["ann@gmail.com"]),
    );
  });
});

describe.each(
  forms(
    "event-global-suppressed",
    bounced("Permanent", "Suppressed", { emailAddress: "ann@gmail.com", action: "failed", status: "5.1.1" }),
  ),
)("a bounce by SES's global list (%s)", (_, event) => {
  test("is a hard bounce as SES counts them, and no answer of a provider", async () => {
    const feedback = new TestFeedback();
    expect(await countsAfter(feedback, event)).toEqual({ suppressed: 1 });
    expect(feedback.metrics.total("HardBounces")).toBe(1);
    const answersOf = await feedback.knownAnswers.latest("news", feedback.clock.nowMs());
    expect(answersOf("gmail", "warming").today).toMatchObject([{ answers: 0 }]);
  });

  test("counts in the account's rate that the guard watches", async () => {
    const feedback = new TestFeedback();
    await feedback.apply(event);
    const ports = { ...feedback, settings: new MemoryMailSettings(["news"]), ips: new MemoryDedicatedIps({}) };
    const { seen } = await readSeen(ports, ["news"], new Set(["rates"]));
    expect(seen.rates).toMatchObject({ bounced: 1 });
  });

  test("counts against its stream's list", async () => {
    const feedback = new TestFeedback();
    await feedback.apply(event);
    const [day] = qualityOf("news", await feedback.outcomes.read("news", today));
    expect(day).toMatchObject({ bounced: 1, answered: 1 });
  });
});

describe.each(forms("event-ooto", bounced("Transient", "General", { emailAddress: "ann@gmail.com" })))(
  "an automatic answer without words (%s)",
  (_, event) => {
    test("is counted as other, and nobody is asked for a rule, however many come", async () => {
      const feedback = new TestFeedback();
      const many = Array.from({ length: 25 }, (_, index) => ({
        ...event,
        mail: { ...event.mail, messageId: `ses-ooto-${index}` },
      }));
      expect(await countsAfter(feedback, ...many)).toEqual({ other: 25 });
      expect(feedback.log.of("REPLIES_UNCLASSIFIED")).toEqual([]);
      expect(feedback.metrics.total("UnclassifiedReplies")).toBe(0);
    });
  },
);

describe.each(
  forms(
    "event-rendering-failure",
    anEvent("Rendering Failure", {
      failure: { errorMessage: "Attribute 'order' is not present in the rendering data.", templateName: "welcome" },
    }),
  ),
)("a template that SES could not render (%s)", (_, event) => {
  test("is told by log, metric and a line in quarantine, and its allowance given back", async () => {
    const feedback = new TestFeedback();
    const key = { pool: "news", route: "warming", provider: "gmail", day: today } as const;
    await feedback.allowances.open(key, 10);
    await feedback.allowances.reserve(key, new Map([["gmail", 3]]));
    expect(await countsAfter(feedback, event, event)).toEqual({ unsent: 1 });
    expect(feedback.allowances.of(key)?.used).toBe(2);
    expect(feedback.quarantine.noted[0]?.reason.sentence).toMatch(/template "welcome" .*"order".* under a new id/);
    expect(feedback.metrics.total("RenderingFailures")).toBe(2);
    expect(feedback.log.of("RENDERING_FAILED")).toHaveLength(1);
  });
});
