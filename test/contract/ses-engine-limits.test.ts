import {
  GetAccountCommand,
  InternalServiceErrorException,
  LimitExceededException,
  TooManyRequestsException,
} from "@aws-sdk/client-sesv2";
import { expect, test } from "vitest";
import { hourMs, openSendingEngine } from "../support/ses-engine.ts";

const to = (...addresses: string[]) => ({ Destination: { ToAddresses: addresses } });
const five = ["a", "b", "c", "d", "e"].map((name) => `${name}@gmail.com`);

test("the rate counts recipients per second: mail is taken while any token is left, then refused until paid back", async () => {
  const { send, clock } = await openSendingEngine({ account: { maxSendRate: 6 } });
  await send(to(...five));
  await send(to(...five)); // one token was left; four are owed
  await expect(send(to("a@gmail.com"))).rejects.toBeInstanceOf(TooManyRequestsException);
  await expect(send(to("a@gmail.com"))).rejects.toThrow("Maximum sending rate exceeded.");
  clock.atMs += 650;
  await expect(send(to("a@gmail.com"))).rejects.toBeInstanceOf(TooManyRequestsException);
  clock.atMs += 50;
  await send(to(...five));
});

test("the quota counts recipients of the last 24 hours, and the simulator's not at all", async () => {
  const { client, send, clock } = await openSendingEngine({ account: { max24HourSend: 6 } });
  await send(to(...five));
  await expect(send(to(...five))).rejects.toMatchObject({
    name: "TooManyRequestsException",
    message: expect.stringContaining("Daily message quota exceeded"),
  });
  await send();
  const sent = async () => (await client.send(new GetAccountCommand())).SendQuota?.SentLast24Hours;
  expect(await sent()).toBe(5);
  clock.atMs += 24 * hourMs + 60_000;
  expect(await sent()).toBe(0);
  await send(to(...five));
});

test("the class of the quota error can be chosen, since AWS's own is not known", async () => {
  const { send } = await openSendingEngine({
    account: { max24HourSend: 1 },
    quotaErrorClass: "LimitExceededException",
  });
  await expect(send(to(...five))).rejects.toBeInstanceOf(LimitExceededException);
});

test("a fault before acceptance leaves nothing behind", async () => {
  const { engine, send } = await openSendingEngine();
  engine.faults.failBeforeAcceptance = 1;
  await expect(send()).rejects.toBeInstanceOf(InternalServiceErrorException);
  engine.faults.tooManyRequests = 1;
  await expect(send()).rejects.toBeInstanceOf(TooManyRequestsException);
  expect(engine.outbox(0)).toEqual([]);
  await send();
  expect(engine.outbox(0)).toHaveLength(1);
});

test("a connection reset after acceptance hides a mail that was sent", async () => {
  const faults = { resetAfterAcceptance: 1 };
  const { engine, send, events } = await openSendingEngine({ faults });
  await expect(send({ ConfigurationSetName: "news" })).rejects.toMatchObject({ code: "ECONNRESET" });
  expect(faults.resetAfterAcceptance).toBe(0);
  await engine.idle();
  expect(engine.outbox(0)).toHaveLength(1);
  expect(events.map(({ eventType }) => eventType)).toEqual(["Send", "Delivery"]);
});

test("a slow answer comes after acceptance", async () => {
  const { engine, send } = await openSendingEngine();
  engine.faults.slowAnswerMs = 100;
  const answer = send();
  await expect.poll(() => engine.outbox(0)).toHaveLength(1);
  await answer;
});

test("events can be repeated and shuffled on demand", async () => {
  const { engine, send, events } = await openSendingEngine();
  Object.assign(engine.faults, { repeatEvents: 1, shuffleEvents: true });
  await send({ ConfigurationSetName: "news" });
  await engine.idle();
  expect(events.map(({ eventType }) => eventType)).toEqual(["Delivery", "Send", "Send"]);
});
