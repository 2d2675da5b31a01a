import { describe, expect, test } from "vitest";
import { answerForError } from "../../shared/adapters/ses/answer/answer-for-error.ts";
import { named, sesError, told } from "../support/ses-answers.ts";

describe("what holds for one configuration set", () => {
  test.each([
    ["NotFoundException", 404, "Configuration set <news-warming> does not exist."],
    ["NotFoundException", 404, "Configuration set news-warming does not exist."],
    ["NotFoundException", 404, "Configuration set does not exist."],
    ["ConfigurationSetDoesNotExist", 400, "Configuration set <news-warming> does not exist."],
    ["BadRequestException", 400, "Configuration set <news-warming> does not exist."],
    ["BadRequestException", 400, "SendingPool <news-warming> doesn't exist"],
    ["BadRequestException", 400, "The requested pool news-warming does not exist."],
    ["NotFoundException", 404, "The pool news-warming does not exist."],
    ["BadRequestException", 400, "Sending pool has no dedicated IPs."],
    ["BadRequestException", 400, "No dedicated IPs are available in this pool."],
    ["BadRequestException", 400, "You cannot send through pool <news-warming>: it is empty."],
    [
      "AccessDenied",
      403,
      "User `arn:aws:sts::1:assumed-role/d/x' is not authorized to perform `ses:SendEmail' on resource `arn:aws:ses:us-east-1:1:configuration-set/news-warming'",
    ],
    [
      "AccessDeniedException",
      403,
      "User: arn:aws:sts::1:assumed-role/d/x is not authorized to perform: ses:SendEmail on resource: arn:aws:ses:us-east-1:1:configuration-set/news-warming because no identity-based policy allows the ses:SendEmail action",
    ],
  ])("it or its pool cannot be used: %s %i %s", (name, status, message) => {
    expect(told(sesError(name, message, status))).toBe("ses-misconfigured news-warming");
  });

  test.each([
    ["SendingPausedException", "Sending is paused for configuration set news-warming"],
    ["SendingPausedException", "Sending is paused for configuration set <news-warming>."],
    ["SendingPausedException", "Email sending for the configuration set news-warming is paused."],
    ["MessageRejected", "Sending is paused for this configuration set."],
    ["ConfigurationSetSendingPausedException", "paused"],
  ])("it is paused: %s %s", (name, message) => {
    expect(told(sesError(name, message, 400))).toBe("ses-paused news-warming");
  });

  test("nothing is said of a set that another one names", () => {
    expect(told(sesError("SendingPausedException", "Sending is paused for configuration set news", 400))).toMatch(
      "put-off",
    );
    expect(told(sesError("NotFoundException", "Configuration set <other> does not exist.", 404))).toMatch("put-off");
  });

  test("SES's shared IPs are the shared route's", () => {
    const missing = sesError("BadRequestException", "SendingPool <ses-shared-pool> doesn't exist", 400);
    expect(told(missing, named({}, "shared"))).toBe("ses-misconfigured shared");
  });
});

describe("what holds for a tenant", () => {
  test.each(["Sending is paused for tenant acme.", "Sending is paused for tenant <acme>", "Tenant acme is paused."])(
    "%s",
    (message) => {
      expect(told(sesError("SendingPausedException", message, 400), named({ TenantName: "acme" }))).toBe(
        "ses-paused tenant:acme",
      );
    },
  );

  test("never for one that the message does not name", () => {
    const paused = sesError("SendingPausedException", "Sending is paused for tenant acme.", 400);
    expect(told(paused)).toMatch("put-off");
    expect(told(paused, named({ TenantName: "acme-2" }))).toMatch("put-off");
  });
});

describe("what holds for a sender", () => {
  const unverified = (identities: string) =>
    sesError(
      "MessageRejected",
      `Email address is not verified. The following identities failed the check in region EU-WEST-1: ${identities}`,
      400,
    );

  test.each([
    ["news@example.com", "identity:news@example.com"],
    ["Shop <news@example.com>, news@example.com", "identity:news@example.com"],
    ["NEWS@Example.com Request Id: 566571fd-f3f6", "identity:news@example.com"],
    ["ann@gmail.com, news@example.com", "identity:news@example.com"],
    ["arn:aws:ses:eu-west-1:1:identity/example.com", "identity:example.com"],
    ["example.com", "identity:example.com"],
  ])("its identity is not verified: %s", (identities, scope) => {
    expect(told(unverified(identities))).toBe(`ses-misconfigured ${scope}`);
  });

  test("an identity above its domain stops its own domain only: others below may be verified apart", () => {
    const from = { FromEmailAddress: "a@mail.example.com" };
    expect(told(unverified("example.com"), named(from))).toBe("ses-misconfigured identity:mail.example.com");
  });

  test.each(["ann@gmail.com", "gmail.com", "ann@gmail.com, ...", '"news@example.com" <ann@gmail.com>'])(
    "a recipient that is not verified is the sandbox's, and the message's alone: %s",
    (identities) => {
      expect(answerForError(unverified(identities), named())).toEqual({
        kind: "refused",
        sentence: expect.stringMatching(/sandbox: ask AWS for production access/),
      });
    },
  );

  test("another address of the message that is not verified is the message's", () => {
    const bounces = { FeedbackForwardingEmailAddress: "bounces@example.org" };
    expect(told(unverified("bounces@example.org"), named(bounces))).toBe("refused");
  });

  test("a recipient with a local part in quotes is read as one address", () => {
    const Destination = { ToAddresses: ['"ann..lee"@docomo.ne.jp'] };
    const answer = answerForError(unverified('"ann..lee"@docomo.ne.jp'), named({ Destination }));
    expect(answer).toMatchObject({ sentence: expect.stringMatching(/sandbox: ask AWS/) });
  });

  test("of another sender in the headers of raw mail the fault is the message's, and it may be his where SES says nothing", () => {
    const Data = Buffer.from("From: news@example.com\r\nSender: ann@sub.example.com\r\n\r\nHi").toString("base64");
    const sentBy = named({ Content: { Raw: { Data } } });
    expect(told(unverified("ann@sub.example.com"), sentBy)).toBe("refused");
    const unknown = sesError("TeapotException", "I am a teapot.", 418);
    expect(told(unknown, sentBy)).toBe("put-off");
    expect(told(unknown)).toBe("put-off, may be the route's");
  });

  test.each(["Email address is not verified.", "Email address not verified"])(
    "who is not verified may be anybody where SES does not say it: %s",
    (message) => {
      expect(told(sesError("MessageRejected", message, 400))).toBe("put-off");
    },
  );

  test.each([
    ["news@example.com", "ses-misconfigured identity:news@example.com"],
    ["example.com", "ses-misconfigured identity:example.com"],
    ["ann@gmail.com", "refused"],
  ])("the role may not send from identity/%s", (identity, expected) => {
    const message = `User \`arn:aws:sts::1:assumed-role/d/x' is not authorized to perform \`ses:SendEmail' on resource \`arn:aws:ses:us-west-1:1:identity/${identity}'`;
    expect(told(sesError("AccessDeniedException", message, 403))).toBe(expected);
  });
});
