import { CreateTenantCommand } from "@aws-sdk/client-sesv2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allSent } from "../../infra/local/run/summary.ts";
import { idOfMessageTag } from "../../shared/domain/sending/message-tag.ts";
import { enqueue, mail, setAsideIn } from "./application.ts";
import { letPass, type RunningSystem, startAtMidnight } from "./run-locally.ts";

const minuteMs = 60_000;
const minutes = 60;
const goodPerMinute = 10;
const foreign = "arn:aws:ses:eu-west-1:999999999999";

/** What makes SES refuse one message and says nothing of any other. */
const poisons: Record<string, Record<string, unknown>> = {
  "a tenant nobody made": { TenantName: "nobody" },
  "a tenant of no configuration set": { TenantName: "acme" },
  "a contact list that is not there": { ListManagementOptions: { ContactListName: "spring" } },
  "an identity of another account": { FromEmailAddressIdentityArn: `${foreign}:identity/example.com` },
  "a template that is not there": { Content: { Template: { TemplateName: "welcome", TemplateData: "{}" } } },
};

const streams = ["receipts", "newsletter", "alerts"] as const;
const good = (minute: number, n: number) =>
  mail(`good-${minute}-${n}`, `person-${minute}-${n}@${n % 2 === 0 ? "gmail.com" : "company.example"}`, {
    stream: streams[n % streams.length],
  });

function poisoned(minute: number): unknown[] {
  return Object.values(poisons).map((changes, kind) => {
    const { email, ...rest } = mail(`poison-${minute}-${kind}`, "somebody@gmail.com", { stream: streams[kind % 3] });
    return { ...rest, email: { ...email, ...changes } };
  });
}

let running: RunningSystem;
const enqueuedAtMs = new Map<string, number>();

beforeAll(async () => {
  running = await startAtMidnight();
  const { system } = running;
  await system.clients.mail.send(new CreateTenantCommand({ TenantName: "acme" }));
  const startMs = system.clock.nowMs();
  for (let minute = 0; minute < minutes; minute += 1) {
    await system.jumpTo(startMs + minute * minuteMs);
    const bodies = Array.from({ length: goodPerMinute }, (_, n) => good(minute, n));
    for (const { id } of bodies) enqueuedAtMs.set(id, system.clock.nowMs());
    await enqueue(system.clients.queues, system.queueUrl("SendPathSendQueue"), [...poisoned(minute), ...bodies]);
    await system.settle();
  }
  await letPass(system, 10);
}, 300_000);

afterAll(() => running.system.close());

describe(`an hour of good mail beside one message of each poisoned kind a minute`, () => {
  test("all good mail is sent, none later than a minute", () => {
    const late = new Map(enqueuedAtMs);
    for (const { id, sentAtMs } of allSent(running.system)) {
      const atMs = enqueuedAtMs.get(idOfMessageTag(id));
      if (atMs !== undefined && sentAtMs - atMs <= minuteMs) late.delete(idOfMessageTag(id));
    }
    expect([...late.keys()]).toEqual([]);
  });

  test.each(Object.keys(poisons).map((name, kind) => ({ name, kind })))(
    "$name: each is told once",
    async ({ kind }) => {
      const told = (await setAsideIn(running.system, "quarantine")).filter(({ id }) =>
        id?.match(`^poison-.*-${kind}$`),
      );
      expect(new Set(told.map(({ id }) => id)).size).toBe(minutes);
      expect(told).toHaveLength(minutes);
      for (const { sentence } of told) expect(sentence).toMatch(/\w{3}/);
    },
  );
});
