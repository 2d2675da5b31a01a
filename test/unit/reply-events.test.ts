import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { classifiedLine } from "../../cli/classify.ts";
import { classifyEvent, gravest } from "../../shared/domain/feedback/reply/classify-event.ts";

const delay = (delayType: string, diagnosticCode?: string, status?: string) =>
  gravest(
    classifyEvent({
      eventType: "DeliveryDelay",
      deliveryDelay: { delayType, delayedRecipients: [{ emailAddress: "a@example.com", diagnosticCode, status }] },
    }),
  );
const bounce = (bounceType: string, bounceSubType: string, diagnosticCode?: string, status?: string) =>
  gravest(
    classifyEvent({
      eventType: "Bounce",
      bounce: {
        bounceType,
        bounceSubType,
        bouncedRecipients: [{ emailAddress: "a@example.com", diagnosticCode, status }],
      },
    }),
  );

describe("a delay", () => {
  test.each([
    ["IPFailure", undefined, "throttled"],
    ["SpamDetected", undefined, "throttled"],
    ["IPFailure", "421 4.4.2 Connection dropped", "throttled"],
    ["IPFailure", "554 5.7.1 Your IP is on our denylist", "blocked"],
    ["IPFailure", "421 4.7.23 No PTR record", "policy_auth"],
    ["IPFailure", "552 5.2.2 mailbox full", "mailbox_full"],
    ["SpamDetected", "550 5.7.1 the message looks like spam", "throttled"],
    ["MailboxFull", undefined, "mailbox_full"],
    ["SendingDeferral", undefined, "network"],
    ["TransientCommunicationFailure", undefined, "network"],
    ["TransientCommunicationFailure", "421 Too many connections", "throttled"],
    ["General", undefined, "other"],
    ["General", "421 4.7.0 Too many messages from you", "throttled"],
    ["SomethingNew", undefined, "other"],
  ])("%s with %s is %s", (delayType, text, wanted) => {
    expect(delay(delayType, text).label).toBe(wanted);
  });

  test("without text is read by its status", () => {
    expect(delay("Undetermined", undefined, "4.2.2").label).toBe("mailbox_full");
  });
});

describe("a bounce", () => {
  test.each([
    "Suppressed",
    "OnAccountSuppressionList",
    "OnTenantSuppressionList",
    "EmailValidationSuppressed",
    "UnsubscribedRecipient",
  ])("%s is no signal, whatever its text", (subType) => {
    expect(bounce("Permanent", subType, "550 5.7.1 IP blocked")).toMatchObject({
      label: "not_a_signal",
      backoff: false,
    });
  });

  test.each([
    ["Permanent", "General", "550 5.7.1 Your IP is on our denylist", "blocked"],
    ["Permanent", "NoEmail", "550 5.7.1 Your IP is on our denylist", "blocked"],
    ["Permanent", "NoEmail", undefined, "recipient_invalid"],
    ["Permanent", "General", undefined, "recipient_invalid"],
    ["Transient", "General", "550 5.4.4 Invalid domain", "recipient_invalid"],
    ["Transient", "General", "550 5.7.26 DMARC", "policy_auth"],
    ["Transient", "MailboxFull", undefined, "mailbox_full"],
    ["Transient", "MessageTooLarge", undefined, "content_rejected"],
    ["Transient", "CustomTimeoutExceeded", undefined, "network"],
    ["Undetermined", "Undetermined", undefined, "other"],
    [
      "Transient",
      "General",
      "smtp; 554 4.4.7 Message expired: unable to deliver in 840 minutes.<421 4.7.0 Too many messages>",
      "throttled",
    ],
  ])("%s/%s with %s is %s", (type, subType, text, wanted) => {
    expect(bounce(type, subType, text).label).toBe(wanted);
  });
});

describe("other events", () => {
  test.each([
    [{ eventType: "Complaint", complaint: { complaintFeedbackType: "abuse" } }, "other"],
    [{ eventType: "Complaint", complaint: { complaintFeedbackType: "not-spam" } }, "not_a_signal"],
    [{ eventType: "Delivery" }, "not_a_signal"],
    [{ eventType: "Reject" }, "content_rejected"],
    [{ eventType: "Bounce" }, "other"],
  ])("%o is %s and never a reason to send less", (event, wanted) => {
    expect(gravest(classifyEvent(event))).toMatchObject({ label: wanted, backoff: false });
  });
});

test("each recipient has an answer, and the gravest stands for the event", () => {
  const found = classifyEvent({
    eventType: "Bounce",
    bounce: {
      bounceType: "Permanent",
      bounceSubType: "General",
      bouncedRecipients: [
        { emailAddress: "a@example.com", diagnosticCode: "550 5.1.1 no such user" },
        { emailAddress: "b@example.com", diagnosticCode: "554 5.7.1 Your IP is on our denylist" },
      ],
    },
  });
  expect(found.map(({ emailAddress, label }) => [emailAddress, label])).toEqual([
    ["a@example.com", "recipient_invalid"],
    ["b@example.com", "blocked"],
  ]);
  expect(gravest(found).emailAddress).toBe("b@example.com");
});

describe("the verb classify", () => {
  test("reads a reply with its provider and our IPs, and an event in either spelling", () => {
    const reply = { id: 1, reply: "550 5.1.1 203.0.113.9 is refused", ownIps: ["203.0.113.9"] };
    expect(classifiedLine(JSON.stringify(reply))).toEqual({
      id: 1,
      label: "blocked",
      backoff: true,
      rule: "own-ip-refused",
    });
    for (const name of ["eventType", "notificationType"]) {
      const event = { [name]: "Bounce", bounce: { bounceType: "Permanent", bounceSubType: "NoEmail" } };
      expect(classifiedLine(JSON.stringify({ id: "x", event }))).toMatchObject({ id: "x", label: "recipient_invalid" });
    }
  });

  test.each(["{", "null", "[]", '{"id":1}', '{"reply":"550"}', '{"id":1,"reply":5}', '{"id":1,"event":{}}'])(
    "says that %s cannot be read",
    (line) => {
      expect(classifiedLine(line)).toEqual({ id: null, error: expect.any(String) });
    },
  );

  const run = (args: string[], input: string) =>
    spawnSync(process.execPath, ["cli/main.ts", "classify", ...args], {
      cwd: fileURLToPath(new URL("../..", import.meta.url)),
      input,
      encoding: "utf8",
    });

  test("answers line by line; one bad line fails the run and stops none of the others", () => {
    const good = JSON.stringify({ id: "a", reply: "421 Too many connections" });
    const { stdout, status } = run(["--json"], `${good}\n\nnot json\r\n${good}`);
    const answers = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const answer = { id: "a", label: "throttled", backoff: true, rule: "too-many" };
    expect(answers).toEqual([answer, { id: null, error: expect.any(String) }, answer]);
    expect(status).toBe(1);
    expect(run(["--json"], good).status).toBe(0);
  });

  test("asks for --json", () => {
    expect(run([], "")).toMatchObject({ status: 2, stderr: expect.stringContaining("--json") });
  });
});
