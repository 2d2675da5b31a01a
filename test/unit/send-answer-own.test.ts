import { describe, expect, test } from "vitest";
import { list, named, sesError, template, told } from "../support/ses-answers.ts";

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
    expect(told(sesError(name, message, status), named(email))).toBe("refused");
  });

  test("the custom MAIL FROM of its identity may be put right without it", () => {
    expect(told(sesError("MailFromDomainNotVerifiedException", "not verified", 400))).toBe("put-off");
  });

  test.each([
    ["BrandNewException", 400],
    ["ConflictException", 409],
    ["AccessDeniedException", 403],
    ["NotFoundException", 404],
    ["UnknownError", 418],
  ])("%s %i without a word on why sets it aside, and may be the route's", (name, status) => {
    expect(told(sesError(name, "No.", status))).toBe("put-off, may be the route's");
    expect(told(sesError(name, "No.", status), named({ TenantName: "acme" }))).toBe("put-off");
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
    const of = (name: string, message: string) => told(sesError(name, message, 404), named(email, set));
    expect(of("NotFoundException", `Configuration set <${set}> does not exist.`)).toBe(`ses-misconfigured ${set}`);
    expect(of("BadRequestException", `SendingPool <${set}> doesn't exist`)).toBe(`ses-misconfigured ${set}`);
    expect(of("SendingPausedException", `Sending is paused for configuration set ${set}`)).toBe(`ses-paused ${set}`);
    expect(
      of("AccessDeniedException", `Tenant not associated with resources [arn:aws:ses:a:1:configuration-set/${set}]`),
    ).toBe("refused");
  });

  test.each(["news-warming", "account", "configuration-set"])("a tenant named %s", (tenant) => {
    const of = (name: string, message: string) => told(sesError(name, message, 400), named({ TenantName: tenant }));
    expect(of("NotFoundException", `Tenant ${tenant} for AwsAccountId 1 not found.`)).toBe("refused");
    expect(of("SendingPausedException", `Sending is paused for tenant ${tenant}.`)).toBe(`ses-paused tenant:${tenant}`);
    expect(of("NotFoundException", "Configuration set <news-warming> does not exist.")).toBe(
      "ses-misconfigured news-warming",
    );
  });

  test("a name that begins with ours is another's", () => {
    const paused = (name: string) =>
      sesError("SendingPausedException", `Sending is paused for configuration set ${name}`, 400);
    expect(told(paused("news-warming-2"))).toMatch("put-off");
    expect(told(paused("old.news-warming"))).toMatch("put-off");
  });

  test("a template that is named like a stop", () => {
    const message = "Template sending-paused-for-this-account does not exist";
    expect(told(sesError("NotFoundException", message, 404), named(template("sending-paused-for-this-account")))).toBe(
      "refused",
    );
  });
});
