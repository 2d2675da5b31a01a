import { CreateContactCommand, CreateContactListCommand, CreateEmailTemplateCommand } from "@aws-sdk/client-sesv2";
import { expect, test } from "vitest";
import { openSendingEngine, simple } from "../support/ses-engine.ts";
import { arn, makeTenant, sesSituations } from "../support/ses-situations.ts";

const news = { ConfigurationSetName: "news" };
const template = { Template: { TemplateName: "order", TemplateData: "{}" } };

test.each(sesSituations)("$situation: $answer", async ({ options = {}, arrange, mail = {}, answer }) => {
  const engine = await openSendingEngine(options);
  await arrange?.(engine);
  const sentBefore = engine.engine.outbox(0).length;
  const [httpStatusCode, name, message] = answer;
  await expect(engine.send(mail)).rejects.toMatchObject({ name, message, $metadata: { httpStatusCode } });
  expect(engine.engine.outbox(0)).toHaveLength(sentBefore);
});

test("a tenant's mail leaves when it has all that the mail uses", async () => {
  const engine = await openSendingEngine();
  await engine.client.send(
    new CreateEmailTemplateCommand({ TemplateName: "order", TemplateContent: { Subject: "Hi", Text: "Hello" } }),
  );
  await makeTenant(engine, arn("identity/example.com"), arn("configuration-set/news"), arn("template/order"));
  await engine.send({ TenantName: "acme", ...news, Content: template });
  expect(engine.engine.outbox(0)).toHaveLength(1);
});

test("an identity's ARN of the account itself is taken where it vouches for the sender", async () => {
  const { send, calls } = await openSendingEngine();
  await send({ FromEmailAddressIdentityArn: arn("identity/example.com") });
  expect(calls.at(-1)?.resources).toEqual([arn("identity/example.com")]);
  const other = send({ FromEmailAddressIdentityArn: arn("identity/example.org") });
  await expect(other).rejects.toMatchObject({
    name: "BadRequestException",
    message: /does not align with the given ARN/,
  });
});

test("who does not want a list's mail gets none: a bounce of SES's own", async () => {
  const { client, send, eventsOf, engine } = await openSendingEngine();
  const topic = { TopicName: "shoes", DisplayName: "Shoes", DefaultSubscriptionStatus: "OPT_OUT" as const };
  await client.send(new CreateContactListCommand({ ContactListName: "spring", Topics: [topic] }));
  const wanting = { TopicPreferences: [{ TopicName: "shoes", SubscriptionStatus: "OPT_IN" as const }] };
  const ann = { ContactListName: "spring", EmailAddress: "success+ann@example.org", ...wanting };
  await client.send(new CreateContactCommand(ann));
  const to = (...ToAddresses: string[]) => ({ Destination: { ToAddresses }, ...news });
  const shoes = { ListManagementOptions: { ContactListName: "spring", TopicName: "shoes" } };
  const events = await eventsOf(await send({ ...to("success+ann@example.org", "bob@example.org"), ...shoes }));
  expect(new Set(events.map(({ eventType }) => eventType))).toEqual(new Set(["Send", "Delivery", "Bounce"]));
  const bounce = events.find(({ eventType }) => eventType === "Bounce")?.bounce;
  expect(bounce).toMatchObject({
    bounceSubType: "UnsubscribedRecipient",
    bouncedRecipients: [{ emailAddress: "bob@example.org" }],
  });
  expect(engine.outbox(0)).toHaveLength(1);
});

test("tags of the call take the place of those in a raw mail's header", async () => {
  const { send, eventsOf } = await openSendingEngine();
  const raw = [
    "From: shop@example.com",
    "To: success@simulator.amazonses.com",
    "X-SES-MESSAGE-TAGS: a=header",
    "",
    "Hi",
  ];
  const Content = { Raw: { Data: Buffer.from(raw.join("\r\n")) } };
  const [sent] = await eventsOf(await send({ Content, ...news, EmailTags: [{ Name: "b", Value: "call" }] }));
  expect(sent?.mail.tags).toMatchObject({ b: ["call"] });
  expect(sent?.mail.tags).not.toHaveProperty("a");
});

test("the two tags of the Feedback-ID header are taken, though they have a colon", async () => {
  const { send, eventsOf } = await openSendingEngine();
  const [sent] = await eventsOf(
    await send({ ...news, Content: simple(), EmailTags: [{ Name: "ses:feedback-id-a", Value: "spring" }] }),
  );
  expect(sent?.mail.tags).toMatchObject({ "ses:feedback-id-a": ["spring"] });
});
