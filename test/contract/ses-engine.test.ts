import {
  BadRequestException,
  CreateEmailIdentityCommand,
  CreateEmailTemplateCommand,
  GetAccountCommand,
  MessageRejected,
  NotFoundException,
  PutConfigurationSetSendingOptionsCommand,
  SESv2Client,
  SendBulkEmailCommand,
  SendEmailCommand,
  SendingPausedException,
} from "@aws-sdk/client-sesv2";
import { expect, test } from "vitest";
import { openEngine, openSendingEngine, simple } from "../support/ses-engine.ts";

const success = { ToAddresses: ["success@simulator.amazonses.com"] };

test("an unmodified client finds the engine by its environment variable", async () => {
  const { engine } = await openSendingEngine();
  process.env.AWS_ENDPOINT_URL_SESV2 = engine.url;
  const client = new SESv2Client({ region: "eu-west-1", credentials: { accessKeyId: "AKIA", secretAccessKey: "s" } });
  const content = { FromEmailAddress: "shop@example.com", Destination: success, Content: simple() };
  const { MessageId } = await client.send(new SendEmailCommand(content));
  expect(MessageId).toMatch(/^0100[0-9a-f]{12}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}-000000$/);
  delete process.env.AWS_ENDPOINT_URL_SESV2;
  client.destroy();
});

test("the outbox lists what was accepted, under the sender's own id where it gave one", async () => {
  const { engine, send } = await openSendingEngine();
  const withHeader = simple();
  withHeader!.Simple!.Headers = [{ Name: "X-SES-Warmup-Id", Value: "order-1" }];
  const first = await send({
    Content: withHeader,
    ConfigurationSetName: "news",
    EmailTags: [{ Name: "sw-pool", Value: "news" }],
  });
  await send({ EmailTags: [{ Name: "sw-message", Value: "order-2" }] });
  const third = await send();
  await engine.idle();
  expect(engine.outbox(0).map(({ n, id }) => [n, id])).toEqual([
    [1, "order-1"],
    [2, "order-2"],
    [3, third],
  ]);
  expect(engine.outbox(0, 1)[0]).toMatchObject({
    to: success.ToAddresses,
    configurationSet: "news",
    tags: { "sw-pool": "news" },
    outcome: "delivered",
    messageId: first,
    subject: "Greetings",
  });
  expect(engine.outbox(2)).toHaveLength(1);
});

test("raw mail brings its own headers, recipients, set and tags", async () => {
  const { send, eventsOf, engine, calls } = await openSendingEngine();
  const lines = [
    "From: Shop <shop@example.com>",
    'To: "Doe, Jane" <success+1@simulator.amazonses.com>,',
    " success+2@simulator.amazonses.com",
    "Subject: Raw",
    "X-SES-CONFIGURATION-SET: news",
    "X-SES-MESSAGE-TAGS: campaign=spring",
    "X-SES-Warmup-Id: raw-1",
    "",
    "Hello",
  ];
  const Data = Buffer.from(lines.join("\r\n"));
  const id = await send({ FromEmailAddress: undefined, Destination: undefined, Content: { Raw: { Data } } });
  const [sent, ...deliveries] = await eventsOf(id);
  expect(sent).toMatchObject({
    eventType: "Send",
    mail: { tags: { campaign: ["spring"], "ses:configuration-set": ["news"] } },
  });
  expect(deliveries).toHaveLength(2);
  expect(calls.at(-1)?.action).toBe("ses:SendRawEmail");
  expect(engine.outbox(0)[0]).toMatchObject({ id: "raw-1", subject: "Raw", configurationSet: "news" });
});

test("templates are filled in, kept or inline", async () => {
  const { client, send, engine } = await openSendingEngine();
  const content = { Subject: "Hi {{name.first}}", Text: "Order {{order}}" };
  await client.send(new CreateEmailTemplateCommand({ TemplateName: "order", TemplateContent: content }));
  const TemplateData = JSON.stringify({ name: { first: "Ada" }, order: 7 });
  await send({ Content: { Template: { TemplateName: "order", TemplateData } } });
  await send({ Content: { Template: { TemplateContent: content, TemplateData } } });
  expect(engine.outbox(0).map(({ subject }) => subject)).toEqual(["Hi Ada", "Hi Ada"]);
  const unknown = send({ Content: { Template: { TemplateName: "invoice", TemplateData } } });
  await expect(unknown).rejects.toBeInstanceOf(NotFoundException);
});

test("a bulk call has one result per entry", async () => {
  const { client, engine } = await openSendingEngine();
  const content = { Subject: "Hi {{name}}", Text: "Hello" };
  const entry = (name: string, to: string) => ({
    Destination: { ToAddresses: [to] },
    ReplacementEmailContent: { ReplacementTemplate: { ReplacementTemplateData: JSON.stringify({ name }) } },
  });
  const answer = await client.send(
    new SendBulkEmailCommand({
      FromEmailAddress: "shop@example.com",
      DefaultContent: { Template: { TemplateContent: content, TemplateData: '{"name":"you"}' } },
      BulkEmailEntries: [entry("Ada", "success@simulator.amazonses.com"), entry("Bob", "nobody")],
    }),
  );
  expect(answer.BulkEmailEntryResults).toMatchObject([{ Status: "SUCCESS" }, { Status: "INVALID_PARAMETER" }]);
  expect(engine.outbox(0).map(({ subject }) => subject)).toEqual(["Hi Ada"]);
});

test("what SES would refuse is refused, with SES's error", async () => {
  const { send } = await openSendingEngine();
  await expect(send({ ConfigurationSetName: "nowhere" })).rejects.toBeInstanceOf(NotFoundException);
  const tagged = (Name: string, Value: string) => send({ EmailTags: [{ Name, Value }] });
  for (const [name, value] of [
    ["a.b", "x"],
    ["a", "gmail.com"],
    ["a", "x".repeat(257)],
    ["a", ""],
  ] as const) {
    await expect(tagged(name, value)).rejects.toBeInstanceOf(BadRequestException);
  }
  const many = Array.from({ length: 51 }, (_unused, i) => `success+${i}@simulator.amazonses.com`);
  await expect(send({ Destination: { ToAddresses: many } })).rejects.toBeInstanceOf(BadRequestException);
  await expect(send({ Destination: { ToAddresses: [] } })).rejects.toBeInstanceOf(BadRequestException);
  await expect(send({ Destination: { ToAddresses: ["nobody"] } })).rejects.toThrow("Missing final '@domain'");
  await expect(send({ Content: {} })).rejects.toBeInstanceOf(BadRequestException);
});

test("mail from an address that nobody verified is rejected", async () => {
  const { client, send } = await openEngine();
  await expect(send()).rejects.toBeInstanceOf(MessageRejected);
  await expect(send()).rejects.toThrow(
    "Email address is not verified. The following identities failed the check in region EU-WEST-1: shop@example.com",
  );
  await client.send(new CreateEmailIdentityCommand({ EmailIdentity: "shop@example.com" }));
  await send({ FromEmailAddress: "Shop <shop+label@example.com>" });
  await client.send(new CreateEmailIdentityCommand({ EmailIdentity: "example.org" }));
  await send({ FromEmailAddress: "a@news.example.org" });
});

test("in the sandbox only verified recipients and the simulator get mail", async () => {
  const { send } = await openSendingEngine({ account: { productionAccess: false } });
  await send({ Destination: { ToAddresses: ["me@example.com"] } });
  await send();
  await expect(send({ Destination: { ToAddresses: ["you@gmail.com"] } })).rejects.toBeInstanceOf(MessageRejected);
});

test("a paused set and a paused account send nothing", async () => {
  const { client, engine, send } = await openSendingEngine();
  await client.send(
    new PutConfigurationSetSendingOptionsCommand({ ConfigurationSetName: "news", SendingEnabled: false }),
  );
  await expect(send({ ConfigurationSetName: "news" })).rejects.toBeInstanceOf(SendingPausedException);
  await send();
  engine.account.enforcementStatus = "SHUTDOWN";
  await expect(send()).rejects.toBeInstanceOf(MessageRejected);
  expect(engine.outbox(0)).toHaveLength(1);
  expect((await client.send(new GetAccountCommand())).EnforcementStatus).toBe("SHUTDOWN");
});

test("a send is judged by its identity, its configuration set and its template", async () => {
  const { client, send, calls } = await openSendingEngine();
  await client.send(new CreateEmailTemplateCommand({ TemplateName: "order", TemplateContent: { Subject: "Hi" } }));
  calls.length = 0;
  await send({ ConfigurationSetName: "news", Content: { Template: { TemplateName: "order" } } });
  const arn = (resource: string) => `arn:aws:ses:eu-west-1:000000000000:${resource}`;
  const resources = [arn("identity/example.com"), arn("configuration-set/news"), arn("template/order")];
  expect(calls).toEqual([{ accessKeyId: "AKIATEST", action: "ses:SendEmail", resources }]);
});

test("the page shows the mail and escapes all of it", async () => {
  const { engine, send } = await openSendingEngine({ pool: "warming" });
  const content = simple();
  content!.Simple!.Subject = { Data: "<script>alert(1)</script>" };
  await send({ Content: content, ConfigurationSetName: "news", Destination: { ToAddresses: ["ada@gmail.com"] } });
  const page = engine.page();
  expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(page).not.toContain("<script>");
  expect(page).toContain("<td>203.0.113.7</td><td>gmail</td>");
});
