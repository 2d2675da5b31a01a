import { ListSuppressedDestinationsCommand, PutSuppressedDestinationCommand } from "@aws-sdk/client-sesv2";
import { expect, test } from "vitest";
import { isGloballySuppressed, isUnknownUser } from "../../infra/local/engines/ses/delivery/deliver.ts";
import { hourMs, knownAddresses, openSendingEngine, startMs } from "../support/ses-engine.ts";

const to = (...ToAddresses: string[]) => ({ ConfigurationSetName: "news", Destination: { ToAddresses } });
const types = (events: { eventType: string }[]) => events.map(({ eventType }) => eventType);

test("suppressed recipients are reported by the list's reason, an event for each cause, and never delivered", async () => {
  const { client, send, eventsOf, engine } = await openSendingEngine();
  const suppress = (EmailAddress: string, Reason: "BOUNCE" | "COMPLAINT") =>
    client.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason }));
  await suppress("dead-1@gmail.com", "BOUNCE");
  await suppress("dead-2@yahoo.com", "BOUNCE");
  await suppress("angry@gmail.com", "COMPLAINT");
  const all = [
    "dead-1@gmail.com",
    "bounce@simulator.amazonses.com",
    "angry@gmail.com",
    "dead-2@yahoo.com",
    "success@simulator.amazonses.com",
  ];
  const events = await eventsOf(await send(to(...all)));
  expect(types(events)).toEqual(["Send", "Bounce", "Bounce", "Delivery", "Complaint"]);
  const bounces = events.flatMap(({ bounce }) => bounce ?? []);
  const addresses = (recipients: { emailAddress: string }[] = []) => recipients.map(({ emailAddress }) => emailAddress);
  expect(bounces.map(({ bounceSubType, bouncedRecipients }) => [bounceSubType, addresses(bouncedRecipients)])).toEqual([
    ["OnAccountSuppressionList", ["dead-1@gmail.com", "dead-2@yahoo.com"]],
    ["General", ["bounce@simulator.amazonses.com"]],
  ]);
  const complaint = events.find(({ eventType }) => eventType === "Complaint")?.complaint;
  expect(complaint).toEqual({
    complaintSubType: "OnAccountSuppressionList",
    complainedRecipients: [{ emailAddress: "angry@gmail.com" }],
    feedbackId: expect.stringMatching(/^0100/),
    timestamp: new Date(startMs).toISOString(),
  });
  for (const { mail } of events) expect(mail.destination).toEqual(all);
  expect(engine.outbox(0)).toHaveLength(1);
});

test("an address on SES's global list bounces without a provider, and does not go on the account's list", async () => {
  const { client, send, eventsOf } = await openSendingEngine();
  const candidates = Array.from({ length: 50_000 }, (_unused, i) => `nobody${i}@gmail.com`);
  const known = candidates.find(isGloballySuppressed) ?? "";
  expect(isUnknownUser(known)).toBe(true);
  const [, bounced] = await eventsOf(await send(to(known)));
  expect(bounced?.bounce).toMatchObject({
    bounceType: "Permanent",
    bounceSubType: "Suppressed",
    bouncedRecipients: [{ emailAddress: known, status: "5.1.1" }],
  });
  expect(bounced?.mail.tags).not.toHaveProperty("ses:outgoing-ip");
  const list = await client.send(new ListSuppressedDestinationsCommand());
  expect(list.SuppressedDestinationSummaries).toEqual([]);
});

test("a program answers for its reader: a transient bounce that says nothing, after the delivery", async () => {
  const { send, eventsOf, moveTo, engine } = await openSendingEngine({ awayShare: 1 });
  const [reader = ""] = knownAddresses("gmail.com", 1);
  const id = await send(to(reader));
  expect(types(await eventsOf(id))).toEqual(["Send", "Delivery"]);
  await moveTo(startMs + hourMs);
  const events = await eventsOf(id);
  expect(types(events)).toEqual(["Send", "Delivery", "Bounce"]);
  expect(events[2]?.bounce).toMatchObject({ bounceType: "Transient", bounceSubType: "General" });
  expect(events[2]?.bounce?.bouncedRecipients).toEqual([{ emailAddress: reader }]);
  expect(engine.outbox(0)[0]?.outcome).toBe("delivered");
});

test("a complaint names every recipient with the provider it came from", async () => {
  const { send, eventsOf, moveTo } = await openSendingEngine();
  const readers = knownAddresses("yahoo.com", 50);
  const complaints: string[][] = [];
  // Half a complaint in a thousand from shared IPs: with 50 recipients a mail, one soon comes.
  for (let mail = 0; complaints.length === 0 && mail < 200; mail += 1) {
    const id = await send(to(...readers.slice(0, 48), "someone@example.org", "success@simulator.amazonses.com"));
    await moveTo(startMs + (mail + 1) * 13 * hourMs);
    const found = (await eventsOf(id)).flatMap(({ complaint }) => complaint ?? []);
    complaints.push(...found.map(({ complainedRecipients }) => complainedRecipients.map((each) => each.emailAddress)));
  }
  const [named = []] = complaints.filter(([first]) => first?.endsWith("@yahoo.com"));
  expect(named).toEqual(readers.slice(0, 48));
});

test("of bounced addresses that were written with a name, some are reported with it", async () => {
  const { send, eventsOf } = await openSendingEngine();
  const reported: string[] = [];
  for (let i = 0; i < 40; i += 1) {
    const events = await eventsOf(await send(to(`"Smith, Ann" <bounce+${i}@simulator.amazonses.com>`)));
    reported.push(...events.flatMap(({ bounce }) => bounce?.bouncedRecipients.map((each) => each.emailAddress) ?? []));
  }
  const named = reported.filter((address) => address.startsWith('"Smith, Ann" <'));
  expect(reported).toHaveLength(40);
  expect(named.length).toBeGreaterThan(5);
  expect(named.length).toBeLessThan(35);
});
