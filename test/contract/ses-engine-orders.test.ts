import { SendBulkEmailCommand, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { describe, expect, test } from "vitest";
import type { SendOrder } from "../../infra/local/engines/ses/send-orders.ts";
import { createSet, openSendingEngine, simple, startMs } from "../support/ses-engine.ts";

const minuteMs = 60_000;
const untilMs = startMs + minuteMs;

describe("every send is answered as ordered", () => {
  test.each<[SendOrder, { name: string; status: number; message: string }]>([
    [
      { kind: "server-error" },
      { name: "InternalServiceErrorException", status: 500, message: "Service encountered an internal error." },
    ],
    [
      { kind: "throttle" },
      { name: "TooManyRequestsException", status: 429, message: "Maximum sending rate exceeded." },
    ],
    [{ kind: "quota" }, { name: "TooManyRequestsException", status: 429, message: "Daily message quota exceeded." }],
    [
      { kind: "account-paused", errorClass: "MessageRejected" },
      {
        name: "MessageRejected",
        status: 400,
        message:
          "Sending paused for this account. For more information, please check the inbox of the email address associated with your AWS account.",
      },
    ],
    [
      { kind: "set-paused", set: "news" },
      { name: "SendingPausedException", status: 400, message: "Sending is paused for configuration set news" },
    ],
  ])("%j", async (order, { name, status, message }) => {
    const { engine, send, clock } = await openSendingEngine();
    engine.order(order, untilMs);
    const refused = { name, message, $metadata: { httpStatusCode: status } };
    await expect(send({ ConfigurationSetName: "news" })).rejects.toMatchObject(refused);
    expect(engine.outbox(0)).toEqual([]);
    clock.atMs = untilMs;
    await send({ ConfigurationSetName: "news" });
    expect(engine.outbox(0)).toHaveLength(1);
  });

  test("with nothing, until the caller gives up; nothing is accepted", async () => {
    const { engine, client } = await openSendingEngine();
    engine.order({ kind: "timeout" }, untilMs);
    const mail = new SendEmailCommand({
      FromEmailAddress: "shop@example.com",
      Destination: { ToAddresses: ["success@simulator.amazonses.com"] },
      Content: simple(),
    });
    const abortSignal = AbortSignal.timeout(200);
    await expect(client.send(mail, { abortSignal })).rejects.toMatchObject({ name: "AbortError" });
    expect(engine.outbox(0)).toEqual([]);
  });

  test("in bulk as well", async () => {
    const { engine, client } = await openSendingEngine();
    engine.order({ kind: "server-error" }, untilMs);
    const bulk = new SendBulkEmailCommand({
      FromEmailAddress: "shop@example.com",
      DefaultContent: { Template: { TemplateContent: { Subject: "Hi" }, TemplateData: "{}" } },
      BulkEmailEntries: [{ Destination: { ToAddresses: ["success@simulator.amazonses.com"] } }],
    });
    await expect(client.send(bulk)).rejects.toMatchObject({ name: "InternalServiceErrorException" });
  });
});

test("a paused set leaves the others alone", async () => {
  const { engine, send, client } = await openSendingEngine();
  await createSet(client, "receipts");
  engine.order({ kind: "set-paused", set: "news" }, untilMs);
  await send({ ConfigurationSetName: "receipts" });
  await send();
  await expect(send({ ConfigurationSetName: "news" })).rejects.toThrow("Sending is paused for configuration set news");
});

test("an order ends before its time when it is taken back", async () => {
  const { engine, send } = await openSendingEngine();
  engine.order({ kind: "throttle" }, untilMs);
  await expect(send()).rejects.toThrow("Maximum sending rate exceeded.");
  engine.order(null, 0);
  await send();
});
