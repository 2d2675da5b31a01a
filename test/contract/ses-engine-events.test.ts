import {
  DeleteSuppressedDestinationCommand,
  GetSuppressedDestinationCommand,
  ListSuppressedDestinationsCommand,
  PutConfigurationSetSuppressionOptionsCommand,
  PutSuppressedDestinationCommand,
  UpdateConfigurationSetEventDestinationCommand,
} from "@aws-sdk/client-sesv2";
import { expect, test } from "vitest";
import { isUnknownUser } from "../../infra/local/engines/ses/delivery/deliver.ts";
import { openSendingEngine, simple, startMs, topicArn } from "../support/ses-engine.ts";

const timestamp = new Date(startMs).toISOString();
const to = (...addresses: string[]) => ({ ConfigurationSetName: "news", Destination: { ToAddresses: addresses } });
const simulator = (name: string) => to(`${name}@simulator.amazonses.com`);
const types = (events: { eventType: string }[]) => events.map(({ eventType }) => eventType);

test("success: a Send and a Delivery, with our tags, SES's own, and the IP on the Delivery only", async () => {
  const { send, eventsOf, published } = await openSendingEngine();
  const id = await send({ ...simulator("success+label"), EmailTags: [{ Name: "sw-id", Value: "b-1" }] });
  const [sent, delivered] = await eventsOf(id);
  expect(sent).toEqual({
    eventType: "Send",
    mail: {
      timestamp,
      source: "shop@example.com",
      sourceArn: "arn:aws:ses:eu-west-1:000000000000:identity/example.com",
      sendingAccountId: "000000000000",
      messageId: id,
      destination: ["success+label@simulator.amazonses.com"],
      headersTruncated: false,
      headers: [
        { name: "From", value: "shop@example.com" },
        { name: "To", value: "success+label@simulator.amazonses.com" },
        { name: "Subject", value: "Greetings" },
        { name: "MIME-Version", value: "1.0" },
      ],
      commonHeaders: {
        from: ["shop@example.com"],
        to: ["success+label@simulator.amazonses.com"],
        messageId: id,
        subject: "Greetings",
      },
      tags: {
        "ses:operation": ["SendEmail"],
        "ses:configuration-set": ["news"],
        "ses:source-ip": ["127.0.0.1"],
        "ses:from-domain": ["example.com"],
        "ses:caller-identity": ["local"],
        "sw-id": ["b-1"],
      },
    },
    send: {},
  });
  expect(delivered).toMatchObject({
    eventType: "Delivery",
    mail: { messageId: id, tags: { "sw-id": ["b-1"], "ses:outgoing-ip": [expect.stringMatching(/^198\.51\.100\./)] } },
    delivery: {
      timestamp,
      processingTimeMillis: 0,
      recipients: ["success+label@simulator.amazonses.com"],
      smtpResponse: "250 2.6.0 Message received",
      reportingMTA: expect.stringContaining("smtp-out.amazonses.com"),
    },
  });
  expect(new Set(published.map((call) => call.topicArn))).toEqual(new Set([topicArn]));
});

test("the simulator bounces, complains and suppresses without leaving a trace in the account", async () => {
  const { client, send, eventsOf } = await openSendingEngine();
  const bounced = await eventsOf(await send(simulator("bounce")));
  expect(types(bounced)).toEqual(["Send", "Bounce"]);
  expect(bounced[1]?.bounce).toEqual({
    feedbackId: expect.stringMatching(/^0100[0-9a-f-]+-000000$/),
    bounceType: "Permanent",
    bounceSubType: "General",
    bouncedRecipients: [
      {
        emailAddress: "bounce@simulator.amazonses.com",
        action: "failed",
        status: "5.1.1",
        diagnosticCode: "smtp; 550 5.1.1 user unknown",
      },
    ],
    timestamp,
    reportingMTA: expect.stringMatching(/^dns; /),
  });
  const complained = await eventsOf(await send(simulator("complaint")));
  expect(types(complained)).toEqual(["Send", "Delivery", "Complaint"]);
  expect(complained[2]?.complaint).toMatchObject({
    complainedRecipients: [{ emailAddress: "complaint@simulator.amazonses.com" }],
    complaintSubType: null,
    complaintFeedbackType: "abuse",
    timestamp,
    arrivalDate: timestamp,
  });
  const answered = await eventsOf(await send(simulator("ooto")));
  expect(types(answered)).toEqual(["Send", "Delivery", "Bounce"]);
  expect(answered[2]?.bounce).toMatchObject({
    bounceType: "Transient",
    bounceSubType: "General",
    bouncedRecipients: [{ emailAddress: "ooto@simulator.amazonses.com" }],
  });
  const suppressed = await eventsOf(await send(simulator("suppressionlist")));
  expect(suppressed[1]?.bounce).toMatchObject({ bounceType: "Permanent", bounceSubType: "Suppressed" });
  const list = await client.send(new ListSuppressedDestinationsCommand());
  expect(list.SuppressedDestinationSummaries).toEqual([]);
});

test("a suppressed address is accepted, counted and bounced by SES itself", async () => {
  const { client, engine, send, eventsOf } = await openSendingEngine();
  const EmailAddress = "Gone@gmail.com";
  await client.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason: "BOUNCE" }));
  const entry = await client.send(new GetSuppressedDestinationCommand({ EmailAddress }));
  expect(entry.SuppressedDestination).toMatchObject({
    EmailAddress,
    Reason: "BOUNCE",
    LastUpdateTime: new Date(startMs),
  });
  const [, bounced] = await eventsOf(await send(to("gone@gmail.com")));
  expect(bounced?.bounce).toMatchObject({ bounceType: "Permanent", bounceSubType: "OnAccountSuppressionList" });
  expect(engine.outbox(0)[0]?.outcome).toBe("suppressed");
  const ignoring = { ConfigurationSetName: "news", SuppressedReasons: ["COMPLAINT" as const] };
  await client.send(new PutConfigurationSetSuppressionOptionsCommand(ignoring));
  expect(types(await eventsOf(await send(to("gone@gmail.com"))))).toEqual(["Send", "Delivery"]);
  await client.send(new DeleteSuppressedDestinationCommand({ EmailAddress }));
  const gone = client.send(new GetSuppressedDestinationCommand({ EmailAddress }));
  await expect(gone).rejects.toMatchObject({ name: "NotFoundException" });
});

test("an unknown user bounces for good and goes on the suppression list", async () => {
  const { client, send, eventsOf } = await openSendingEngine();
  const nobody = Array.from({ length: 5000 }, (_unused, i) => `nobody${i}@gmail.com`).find(isUnknownUser) ?? "";
  const [, bounced] = await eventsOf(await send(to(nobody)));
  expect(bounced?.bounce).toMatchObject({
    bounceType: "Permanent",
    bounceSubType: "General",
    bouncedRecipients: [
      { emailAddress: nobody, status: "5.1.1", diagnosticCode: expect.stringContaining("550 5.1.1") },
    ],
  });
  const list = await client.send(new ListSuppressedDestinationsCommand({ Reasons: ["BOUNCE"] }));
  expect(list.SuppressedDestinationSummaries).toMatchObject([{ EmailAddress: nobody, Reason: "BOUNCE" }]);
  const [, again] = await eventsOf(await send(to(nobody)));
  expect(again?.bounce).toMatchObject({ bounceSubType: "OnAccountSuppressionList" });
});

test("a virus is rejected, and a template that cannot be filled in is a rendering failure", async () => {
  const { engine, send, eventsOf } = await openSendingEngine();
  const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}", "$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!", "$H+H*"].join("");
  const [rejected] = await eventsOf(await send({ ...simulator("success"), Content: simple(eicar) }));
  expect(rejected).toMatchObject({ eventType: "Reject", reject: { reason: "Bad content" } });
  const attached = simple();
  attached!.Simple!.Attachments = [{ FileName: "x.com", RawContent: Buffer.from(eicar) }];
  expect(types(await eventsOf(await send({ ...simulator("success"), Content: attached })))).toEqual(["Reject"]);
  const Template = { TemplateContent: { Subject: "Hi {{name}}", Text: "" }, TemplateData: "{}" };
  const failed = await eventsOf(await send({ ...simulator("success"), Content: { Template } }));
  expect(failed).toMatchObject([
    {
      eventType: "Rendering Failure",
      failure: { templateName: "", errorMessage: "Attribute 'name' is not present in the rendering data." },
    },
  ]);
  expect(engine.outbox(0).map(({ outcome }) => outcome)).toEqual(["rejected", "rejected", "rejected"]);
});

test("only enabled destinations get events, and only of the types they name", async () => {
  const { client, send, eventsOf } = await openSendingEngine();
  const change = (EventDestination: object) =>
    client.send(
      new UpdateConfigurationSetEventDestinationCommand({
        ConfigurationSetName: "news",
        EventDestinationName: "topic",
        EventDestination,
      }),
    );
  await change({ Enabled: true, MatchingEventTypes: ["BOUNCE"] });
  expect(types(await eventsOf(await send(simulator("bounce"))))).toEqual(["Bounce"]);
  await change({ Enabled: false });
  expect(await eventsOf(await send(simulator("bounce")))).toEqual([]);
  expect(await eventsOf(await send({ ConfigurationSetName: undefined }))).toEqual([]);
});

test("events travel ten to a call, and a failed call is made again", async () => {
  const taken: number[] = [];
  let failures = 0;
  const publish = async (_topic: string, messages: string[]): Promise<void> => {
    if (failures-- > 0) throw new Error("the topic is away");
    taken.push(messages.length);
  };
  const { engine, send } = await openSendingEngine({ publish });
  [failures, taken.length] = [2, 0];
  await Promise.all(Array.from({ length: 12 }, () => send(simulator("success"))));
  await engine.idle();
  expect(taken.reduce((sum, count) => sum + count, 0)).toBe(24);
  expect(Math.max(...taken)).toBeLessThanOrEqual(10);
});
