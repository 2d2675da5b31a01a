import { AccountSuspendedException, TooManyRequestsException } from "@aws-sdk/client-sesv2";
import { describe, expect, test } from "vitest";
import { answerForError } from "../../shared/adapters/ses/answer/answer-for-error.ts";
import { namedBy } from "../../shared/adapters/ses/answer/named.ts";
import { scopeText } from "../../shared/domain/sending/circuit-scope.ts";
import { aSendMessage, parsed } from "../support/builders.ts";

const error = (name: string, message: string, httpStatusCode?: number) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

/** What a message to ann@gmail.com From news@example.com names beside that, by the set `news-warming`. */
const named = (email: Record<string, unknown> = {}, set = "news-warming") =>
  namedBy(set, parsed(aSendMessage({ email })).email);

/** An answer in one line: its kind, and of a stop what it stops and why. */
function told(thrown: unknown, by = named()): string {
  const answer = answerForError(thrown, by);
  if (answer.kind === "stopped") return `${answer.reason} ${scopeText(answer.scope)}`;
  return answer.kind === "put-off" && answer.mayBeRoutes ? "put-off, may be the route's" : answer.kind;
}

const accountPause =
  "Sending paused for this account. For more information, please check the inbox of the email address associated with your AWS account.";

describe("what holds for the whole account", () => {
  test.each([
    ["MessageRejected", accountPause],
    ["MessageRejected", "Account is paused"],
    ["MessageRejected", "Message rejected: Sending paused for this account."],
    ["MessageRejected", "Sending suspended for this account"],
    ["SendingPausedException", "Sending is paused for this account."],
    ["SendingPausedException", "Email sending for the account is paused."],
    ["SendingPausedException", ""],
    ["AccountSendingPausedException", "Email sending is disabled for your entire Amazon SES account."],
    ["AccountSuspendedException", "Your account is suspended."],
    ["BadRequestException", "Sending is currently suspended for this account."],
  ])("a pause as %s: %s", (name, message) => {
    expect(told(error(name, message, 400))).toBe("ses-paused *");
  });

  test.each([
    ["TooManyRequestsException", 429],
    ["ThrottlingException", 400],
    ["Throttling", 400],
    ["LimitExceededException", 400],
    ["MessageRejected", 400],
  ])("the day's quota as %s", (name, status) => {
    expect(told(error(name, "Daily message quota exceeded.", status))).toBe("ses-quota *");
  });

  test.each(["ExpiredTokenException", "ExpiredToken", "InvalidSignatureException", "UnrecognizedClientException"])(
    "credentials that do not hold: %s",
    (name) => {
      expect(told(error(name, "The security token is not good", 403))).toBe("ses-misconfigured *");
    },
  );

  test("credentials that could not be had, before any call", () => {
    expect(told(Object.assign(new Error("none"), { name: "CredentialsProviderError" }))).toBe("ses-misconfigured *");
  });
});

describe("what may be another answer in a moment", () => {
  test.each([
    ["TooManyRequestsException", "Maximum sending rate exceeded.", 429],
    ["ThrottlingException", "Rate exceeded", 400],
    ["Throttling", "Maximum sending rate exceeded.", 400],
    ["LimitExceededException", "Maximum sending rate exceeded.", 400],
  ])("over the rate as %s: %s", (name, message, status) => {
    expect(told(error(name, message, status))).toBe("throttled");
  });

  test.each(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"])("SES out of reach: %s", (code) => {
    expect(told(Object.assign(new Error("connect"), { code }))).toBe("unreachable");
  });
});

describe("what nobody knows: SES may have taken the mail", () => {
  test.each([
    ["a time-out at SES", error("RequestTimeout", "?", 408)],
    ["a server error", error("InternalFailure", "?", 500)],
    ["a server error that looks like throttling", error("ThrottlingException", "?", 503)],
    ["a server error that speaks of the account", error("InternalFailure", accountPause, 500)],
    ["a time-out", Object.assign(new Error("aborted"), { name: "AbortError" })],
    ["a cut connection", Object.assign(new Error("socket hang up"), { code: "ECONNRESET" })],
    ["a reply that could not be read", Object.assign(new SyntaxError("bad JSON"), { $metadata: {} })],
    ["no error at all", "thrown text"],
  ])("%s", (_, thrown) => {
    expect(told(thrown)).toBe("unknown");
  });
});

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
    expect(told(error(name, message, status))).toBe("ses-misconfigured news-warming");
  });

  test.each([
    ["SendingPausedException", "Sending is paused for configuration set news-warming"],
    ["SendingPausedException", "Sending is paused for configuration set <news-warming>."],
    ["SendingPausedException", "Email sending for the configuration set news-warming is paused."],
    ["MessageRejected", "Sending is paused for this configuration set."],
    ["ConfigurationSetSendingPausedException", "paused"],
  ])("it is paused: %s %s", (name, message) => {
    expect(told(error(name, message, 400))).toBe("ses-paused news-warming");
  });

  test("nothing is said of a set that another one names", () => {
    expect(told(error("SendingPausedException", "Sending is paused for configuration set news", 400))).toMatch(
      "put-off",
    );
    expect(told(error("NotFoundException", "Configuration set <other> does not exist.", 404))).toMatch("put-off");
  });

  test("SES's shared IPs are the shared route's", () => {
    const missing = error("BadRequestException", "SendingPool <ses-shared-pool> doesn't exist", 400);
    expect(told(missing, named({}, "shared"))).toBe("ses-misconfigured shared");
  });
});

describe("what holds for a tenant", () => {
  test.each(["Sending is paused for tenant acme.", "Sending is paused for tenant <acme>", "Tenant acme is paused."])(
    "%s",
    (message) => {
      expect(told(error("SendingPausedException", message, 400), named({ TenantName: "acme" }))).toBe(
        "ses-paused tenant:acme",
      );
    },
  );

  test("never for one that the message does not name", () => {
    const paused = error("SendingPausedException", "Sending is paused for tenant acme.", 400);
    expect(told(paused)).toMatch("put-off");
    expect(told(paused, named({ TenantName: "acme-2" }))).toMatch("put-off");
  });
});

describe("what holds for a sender", () => {
  const unverified = (identities: string) =>
    error(
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

  test.each(["Email address is not verified.", "Email address not verified"])(
    "who is not verified may be anybody where SES does not say it: %s",
    (message) => {
      expect(told(error("MessageRejected", message, 400))).toBe("put-off");
    },
  );

  test.each([
    ["news@example.com", "ses-misconfigured identity:news@example.com"],
    ["example.com", "ses-misconfigured identity:example.com"],
    ["ann@gmail.com", "refused"],
  ])("the role may not send from identity/%s", (identity, expected) => {
    const message = `User \`arn:aws:sts::1:assumed-role/d/x' is not authorized to perform \`ses:SendEmail' on resource \`arn:aws:ses:us-west-1:1:identity/${identity}'`;
    expect(told(error("AccessDeniedException", message, 403))).toBe(expected);
  });
});

const tenantNotAssociated =
  "Tenant not associated with resources [arn:aws:ses:eu-west-1:111122223333:configuration-set/news-warming]";
const foreignArn = "arn:aws:ses:eu-west-1:999:identity/example.com";

describe("what is the message's own", () => {
  test.each<[string, number, string, Record<string, unknown>]>([
    ["AccessDeniedException", 403, tenantNotAssociated, { TenantName: "acme" }],
    ["NotFoundException", 404, "Tenant acme for AwsAccountId 1 not found.", { TenantName: "acme" }],
    ["NotFoundException", 404, "There is no acme here.", { TenantName: "acme" }],
    ["NotFoundException", 404, "List with name: spring doesn't exist.", list("spring")],
    ["BadRequestException", 400, "Topic weekly does not exist.", list("spring")],
    ["NotFoundException", 404, "Template hello does not exist.", template("hello")],
    ["BadRequestException", 400, "Template <hello> does not exist", template("hello")],
    ["TemplateDoesNotExist", 400, "Template hello does not exist", template("hello")],
    [
      "AccessDeniedException",
      403,
      `User: x is not authorized to perform: ses:SendEmail on resource: ${foreignArn}`,
      { FromEmailAddressIdentityArn: foreignArn },
    ],
    ["MessageRejected", 400, "Message contains a virus.", {}],
    ["BadRequestException", 400, "Domain contains illegal character", {}],
    ["InvalidParameterValue", 400, "Missing final '@domain'", {}],
    ["RequestEntityTooLargeException", 413, "Message is too long", {}],
  ])("%s %i %s", (name, status, message, email) => {
    expect(told(error(name, message, status), named(email))).toBe("refused");
  });

  test("the custom MAIL FROM of its identity may be put right without it", () => {
    expect(told(error("MailFromDomainNotVerifiedException", "not verified", 400))).toBe("put-off");
  });

  test.each([
    ["BrandNewException", 400],
    ["ConflictException", 409],
    ["AccessDeniedException", 403],
    ["NotFoundException", 404],
    ["UnknownError", 418],
  ])("%s %i without a word on why sets it aside, and may be the route's", (name, status) => {
    expect(told(error(name, "No.", status))).toBe("put-off, may be the route's");
    expect(told(error(name, "No.", status), named({ TenantName: "acme" }))).toBe("put-off");
  });
});

describe("names that sound like something else", () => {
  test.each([
    "tenant-a-warming",
    "template-warming",
    "my-tenant-template-warming",
    "account-warming",
    "paused-warming",
  ])("a set or pool named %s", (set) => {
    const email = { TenantName: "acme", ...list("spring") };
    const of = (name: string, message: string) => told(error(name, message, 404), named(email, set));
    expect(of("NotFoundException", `Configuration set <${set}> does not exist.`)).toBe(`ses-misconfigured ${set}`);
    expect(of("BadRequestException", `SendingPool <${set}> doesn't exist`)).toBe(`ses-misconfigured ${set}`);
    expect(of("SendingPausedException", `Sending is paused for configuration set ${set}`)).toBe(`ses-paused ${set}`);
    expect(
      of("AccessDeniedException", `Tenant not associated with resources [arn:aws:ses:a:1:configuration-set/${set}]`),
    ).toBe("refused");
  });

  test.each(["news-warming", "account", "configuration-set"])("a tenant named %s", (tenant) => {
    const of = (name: string, message: string) => told(error(name, message, 400), named({ TenantName: tenant }));
    expect(of("NotFoundException", `Tenant ${tenant} for AwsAccountId 1 not found.`)).toBe("refused");
    expect(of("SendingPausedException", `Sending is paused for tenant ${tenant}.`)).toBe(`ses-paused tenant:${tenant}`);
    expect(of("NotFoundException", "Configuration set <news-warming> does not exist.")).toBe(
      "ses-misconfigured news-warming",
    );
  });

  test("a name that begins with ours is another's", () => {
    const paused = (name: string) =>
      error("SendingPausedException", `Sending is paused for configuration set ${name}`, 400);
    expect(told(paused("news-warming-2"))).toMatch("put-off");
    expect(told(paused("old.news-warming"))).toMatch("put-off");
  });

  test("a template that is named like a stop", () => {
    const message = "Template sending-paused-for-this-account does not exist";
    expect(told(error("NotFoundException", message, 404), named(template("sending-paused-for-this-account")))).toBe(
      "refused",
    );
  });
});

test("the SDK's own classes are read by name", () => {
  const from = { $metadata: { httpStatusCode: 429 }, message: "Maximum sending rate exceeded." };
  expect(told(new TooManyRequestsException(from))).toBe("throttled");
  expect(told(new AccountSuspendedException({ $metadata: { httpStatusCode: 400 }, message: "" }))).toBe("ses-paused *");
});

describe("the sentence of a refusal", () => {
  test("says what to do", () => {
    expect(answerForError(error("NotFoundException", "Template a", 404), named(template("a")))).toMatchObject({
      sentence: expect.stringMatching(/create it, then send it again/),
    });
  });

  test("never quotes SES: its message may hold an address", () => {
    const thrown = ["MessageRejected", "BadRequestException", "NotFoundException", "Strange"].map((name) =>
      error(
        name,
        "Email address is not verified. The following identities failed the check in region A: ann@gmail.com",
        400,
      ),
    );
    for (const each of thrown) expect(JSON.stringify(answerForError(each, named()))).not.toContain("ann@");
  });
});

function list(ContactListName: string) {
  return { ListManagementOptions: { ContactListName } };
}

function template(TemplateName: string) {
  return { Content: { Template: { TemplateName, TemplateData: "{}" } } };
}
