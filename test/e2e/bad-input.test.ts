import { afterAll, beforeAll, expect, test } from "vitest";
import { allSent } from "../../infra/local/run/summary.ts";
import { idOfMessageTag } from "../../shared/domain/sending/message-tag.ts";
import { enqueue, mail, setAsideIn } from "./application.ts";
import { type RunningSystem, startAtMidnight } from "./run-locally.ts";

const email = mail("x", "a@gmail.com").email;
const long = (length: number): string => "x".repeat(length);
const withSubject = (Data: string) => ({
  ...email,
  Content: { Simple: { ...email.Content.Simple, Subject: { Data } } },
});
const withHeader = (Value: string) => ({
  ...email,
  Content: { Simple: { ...email.Content.Simple, Headers: [{ Name: "X-Campaign", Value }] } },
});
const recipients = (count: number) => Array.from({ length: count }, (_, n) => `person-${n}@gmail.com`);
const raw = (...lines: readonly string[]) => ({
  Content: { Raw: { Data: Buffer.from([...lines, "", "Hi"].join("\r\n")).toString("base64") } },
});

const to = (address: string) => ({ Destination: { ToAddresses: [address] } });

/** Good mail in the forms that real applications write. */
const forms: readonly ((id: string) => object)[] = [
  (id) => mail(id, `${id}@yahoo.com`),
  (id) =>
    mail(id, [], {
      email: { ...email, FromEmailAddress: "Jürgen <news@example.com>", ...to(`Zoë <${id}@yahoo.com>`) },
    }),
  (id) => mail(id, `"${id}..x."@docomo.ne.jp`),
  (id) => mail(id, [], { email: raw(`From: News <news@example.com>`, `To: Team: "Lee, Ann" <${id}@yahoo.com>;`) }),
  (id) =>
    mail(id, [], { email: raw("From: news@example.com", "To: undisclosed-recipients:;", `Bcc: ${id}@yahoo.com`) }),
  (id) =>
    mail(id, `${id}@yahoo.com`, {
      sendAfter: null,
      engagement: null,
      email: { ...email, ...to(`${id}@yahoo.com`), ReplyToAddresses: null },
    }),
  (id) =>
    mail(id, `${id}@yahoo.com`, {
      email: { ...email, ...to(`${id}@yahoo.com`), EmailTags: [{ Name: "ses:feedback-id-a", Value: "spring" }] },
    }),
];

/** What an application may get wrong, and what the reason must tell it. */
const cases: Record<string, { body: unknown; code: string; tells: RegExp }> = {
  "not JSON": { body: "hello", code: "not-json", tells: /send a SendMessage v1/ },
  "another version": {
    body: { ...mail("b1", "a@gmail.com"), version: 7 },
    code: "not-a-send-message",
    tells: /version.*expected 1/,
  },
  "no id": { body: { ...mail("b2", "a@gmail.com"), id: undefined }, code: "not-a-send-message", tells: /id: expected/ },
  "an id of 5,000 characters": {
    body: mail(long(5_000), "a@gmail.com"),
    code: "not-a-send-message",
    tells: /256 characters/,
  },
  "a stream nobody defined": {
    body: mail("b4", "a@gmail.com", { stream: "birthday" }),
    code: "unknown-stream",
    tells: /one of receipts, newsletter/,
  },
  "no recipient": { body: mail("b5", []), code: "not-a-send-message", tells: /0 recipients: expected 1 to 50/ },
  "51 recipients": {
    body: mail("b6", recipients(51)),
    code: "not-a-send-message",
    tells: /51 recipients: expected 1 to 50/,
  },
  "a line break in the subject": {
    body: mail("b7", "a@gmail.com", { email: withSubject("Hi\r\nBcc: x@y.example") }),
    code: "not-a-send-message",
    tells: /one line of text/,
  },
  "a line break in a header": {
    body: mail("b8", "a@gmail.com", { email: withHeader("a\r\nb") }),
    code: "not-a-send-message",
    tells: /one line of text/,
  },
  "a line break in a name": {
    body: mail("b9", "a@gmail.com", { email: { ...email, FromEmailAddress: "News\r\n <news@example.com>" } }),
    code: "not-a-send-message",
    tells: /one line of text/,
  },
  "a configuration set": {
    body: mail("b10", "a@gmail.com", { email: { ...email, ConfigurationSetName: "mine" } }),
    code: "not-a-send-message",
    tells: /name a stream instead/,
  },
  "a From nobody verified": {
    body: mail("b11", "a@gmail.com", { email: { ...email, FromEmailAddress: "a@other.example" } }),
    code: "identity-not-allowed",
    tells: /expected one of example.com/,
  },
  "raw mail from nobody verified": {
    body: mail("b12", "a@gmail.com", { email: { ...email, ...raw("From: CEO <ceo@bank.example>") } }),
    code: "identity-not-allowed",
    tells: /address in the From header .*expected one of example.com/,
  },
  "a configuration set in raw mail": {
    body: mail("b13", "a@gmail.com", { email: raw("From: news@example.com\r\nX-SES-CONFIGURATION-SET: mine") }),
    code: "not-a-send-message",
    tells: /name a stream instead/,
  },
  "a body that says nothing": {
    body: mail("b14", "a@gmail.com", {
      email: { ...email, Content: { Simple: { Subject: { Data: "Hi" }, Body: {} } } },
    }),
    code: "not-a-send-message",
    tells: /expected Text or Html/,
  },
  "template data that is a list": {
    body: mail("b15", "a@gmail.com", {
      email: { ...email, Content: { Template: { TemplateContent: { Text: "Hi" }, TemplateData: "[]" } } },
    }),
    code: "not-a-send-message",
    tells: /expected such as \{"name":"Ann"\}/,
  },
  "a __proto__ key": { body: `{"__proto__":{"polluted":true},"version":1}`, code: "forbidden-key", tells: /remove it/ },
  "10,000 levels of nesting": {
    body: `${"[".repeat(10_000)}${"]".repeat(10_000)}`,
    code: "too-deep",
    tells: /32 levels/,
  },
};

let running: RunningSystem;

beforeAll(async () => {
  running = await startAtMidnight();
  const { system } = running;
  const beside = Object.keys(cases).map((_, n) => forms[n % forms.length]?.(`good-${n}`));
  const bodies = Object.values(cases).flatMap(({ body }, n) => [body, beside[n]]);
  await enqueue(system.clients.queues, system.queueUrl("SendPathSendQueue"), bodies);
  await system.settle();
}, 120_000);

afterAll(() => running.system.close());

test("each bad message is in quarantine on its first receive, whole, with a sentence a person can act on", async () => {
  const { system } = running;
  const kept = await setAsideIn(system, "quarantine");
  expect(kept).toHaveLength(Object.keys(cases).length);
  for (const [name, { body, code, tells }] of Object.entries(cases)) {
    const whole = typeof body === "string" ? body : JSON.stringify(body);
    const found = kept.find(({ text }) => text === whole);
    expect(found?.code, name).toBe(code);
    expect(found?.sentence, name).toMatch(tells);
  }
});

test("the good messages of the same batches are sent, whatever their form", () => {
  const sent = allSent(running.system).map(({ id }) => idOfMessageTag(id));
  expect(sent).toHaveLength(Object.keys(cases).length);
  expect(new Set(sent)).toEqual(new Set(Object.keys(cases).map((_, n) => `good-${n}`)));
});

test("nothing is left on the send queue or in dead letters", async () => {
  const { system } = running;
  const nothing = { visible: 0, inFlight: 0, delayed: 0 };
  expect(system.queueState("SendPathSendQueue")).toEqual(nothing);
  expect(system.queueState("SendPathSendDeadLetters")).toEqual(nothing);
  expect(await setAsideIn(system, "dead-letters")).toEqual([]);
});
