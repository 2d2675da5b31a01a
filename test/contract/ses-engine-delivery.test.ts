import {
  CreateDedicatedIpPoolCommand,
  ListSuppressedDestinationsCommand,
  PutConfigurationSetDeliveryOptionsCommand,
  PutDedicatedIpWarmupAttributesCommand,
} from "@aws-sdk/client-sesv2";
import { expect, test } from "vitest";
import {
  createSet,
  hourMs,
  knownAddresses,
  openSendingEngine,
  type SesEvent,
  startMs,
  type TestEngine,
} from "../support/ses-engine.ts";

const outgoingIp = (event: { mail: { tags: Record<string, string[]> } } | undefined) =>
  event?.mail.tags["ses:outgoing-ip"]?.[0];

/** Sends one mail to each address through the set. */
async function sendTo({ send, engine }: TestEngine, addresses: string[], set = "news"): Promise<string[]> {
  const ids = await Promise.all(
    addresses.map((address) => send({ ConfigurationSetName: set, Destination: { ToAddresses: [address] } })),
  );
  await engine.idle();
  return ids;
}

const ofType = ({ events }: TestEngine, type: string) => events.filter(({ eventType }) => eventType === type);

test("a set's mail is spread evenly over the IPs of its pool", async () => {
  const opened = await openSendingEngine({ pool: "warming" });
  opened.engine.leaseIp("203.0.113.8", { poolName: "warming" });
  await sendTo(opened, knownAddresses("gmail.com", 10));
  const ips = ofType(opened, "Delivery").map(outgoingIp);
  expect(ips.filter((ip) => ip === "203.0.113.7")).toHaveLength(5);
  expect(ips.filter((ip) => ip === "203.0.113.8")).toHaveLength(5);
});

test("without a pool, mail leaves through the default pool if it holds IPs, else through shared ones", async () => {
  const opened = await openSendingEngine();
  await sendTo(opened, knownAddresses("gmail.com", 1));
  opened.engine.leaseIp("203.0.113.9");
  await sendTo(opened, knownAddresses("gmail.com", 1));
  await createSet(opened.client, "shared", "ses-shared-pool");
  await sendTo(opened, knownAddresses("gmail.com", 1), "shared");
  const shared = expect.stringMatching(/^198\.51\.100\./);
  expect(ofType(opened, "Delivery").map(outgoingIp)).toEqual([shared, "203.0.113.9", shared]);
});

test("a dedicated pool without IPs takes no mail", async () => {
  const { client, send } = await openSendingEngine();
  await client.send(new CreateDedicatedIpPoolCommand({ PoolName: "empty" }));
  await createSet(client, "nowhere", "empty");
  await expect(send({ ConfigurationSetName: "nowhere" })).rejects.toMatchObject({ name: "BadRequestException" });
});

test("an IP below 100 % spills to shared IPs only where the engine is told so", async () => {
  for (const overflowBelowFull of ["none", "shared"] as const) {
    const opened = await openSendingEngine({ pool: "warming", overflowBelowFull });
    await opened.client.send(new PutDedicatedIpWarmupAttributesCommand({ Ip: "203.0.113.7", WarmupPercentage: 0 }));
    await sendTo(opened, knownAddresses("gmail.com", 3));
    const dedicated = opened.engine.outbox(0).filter(({ ip }) => ip === "203.0.113.7");
    expect(dedicated).toHaveLength(overflowBelowFull === "none" ? 3 : 0);
  }
});

test("shared and established IPs meet open doors; a new IP meets a capacity", async () => {
  const opened = await openSendingEngine({ pool: "warming", prior: "strict" });
  await opened.client.send(new CreateDedicatedIpPoolCommand({ PoolName: "warm" }));
  opened.engine.leaseIp("203.0.113.50", { poolName: "warm", established: true });
  await createSet(opened.client, "warm", "warm");
  await createSet(opened.client, "shared", "ses-shared-pool");
  const readers = knownAddresses("outlook.com", 600);
  for (const set of ["news", "warm", "shared"]) await sendTo(opened, readers, set);
  const refused = opened.engine.outbox(0, 5000).filter(({ outcome }) => outcome === "delayed" || outcome === "bounced");
  expect(new Set(refused.map(({ configurationSet }) => configurationSet))).toEqual(new Set(["news"]));
});

/** A mailbox provider that is over its capacity for this IP but has not blocked it. */
async function overCapacity(provider: string, seed: number): Promise<TestEngine> {
  const opened = await openSendingEngine({ pool: "warming", prior: "strict", seed });
  for (let sent = 0; ofType(opened, "DeliveryDelay").length < 3; sent += 50) {
    await sendTo(opened, knownAddresses(provider, sent + 50).slice(sent));
  }
  return opened;
}

test.each([
  ["gmail.com", /^smtp; 421-4\.7\.28 \[203\.0\.113\.7/, "4.7.28"],
  ["outlook.com", /^smtp; 451 4\.7\.650 .*203\.0\.113\.7.*\(S775\)/, "4.7.650"],
  ["yahoo.com", /^smtp; 421 4\.7\.0 \[TSS04\] Messages from 203\.0\.113\.7/, "4.7.0"],
  ["example.net", /^smtp; 451 4\.7\.1 .*203\.0\.113\.7/, "4.7.1"],
])("over capacity %s defers in its own words", async (provider, diagnosticCode, status) => {
  const opened = await overCapacity(provider, 3);
  const [delay] = ofType(opened, "DeliveryDelay");
  expect(delay?.deliveryDelay).toMatchObject({
    timestamp: new Date(startMs).toISOString(),
    delayType: "IPFailure",
    expirationTime: new Date(startMs + 14 * hourMs).toISOString(),
    delayedRecipients: [{ status, diagnosticCode: expect.stringMatching(diagnosticCode) }],
  });
  expect(delay?.mail.headers).toBeUndefined();
  expect(outgoingIp(delay)).toBeUndefined();
});

test("deferred mail is tried again from the same IP and arrives when the provider has room", async () => {
  const opened = await overCapacity("gmail.com", 3);
  const [first] = opened.engine.outbox(0, 5000).filter(({ outcome }) => outcome === "delayed");
  expect(opened.engine.nextDueMs()).toBe(startMs + hourMs / 2);
  await opened.moveTo(startMs + hourMs);
  const delays = ofType(opened, "DeliveryDelay").filter(({ mail }) => mail.messageId === first?.messageId);
  expect(delays.map((event) => event.deliveryDelay?.timestamp)).toEqual(
    [startMs, startMs + hourMs / 2].map((ms) => new Date(ms).toISOString()),
  );
});

test("mail sent late in the day arrives on the next, counted from its first attempt", async () => {
  const opened = await openSendingEngine({ pool: "warming", prior: "strict", seed: 3 });
  opened.clock.atMs = startMs + 20 * hourMs;
  for (let sent = 0; ofType(opened, "DeliveryDelay").length < 3; sent += 50) {
    await sendTo(opened, knownAddresses("gmail.com", sent + 50).slice(sent));
  }
  await opened.moveTo(startMs + 30 * hourMs);
  const delayed = new Set(ofType(opened, "DeliveryDelay").map(({ mail }) => mail.messageId));
  const arrived = ofType(opened, "Delivery").filter(({ mail }) => delayed.has(mail.messageId));
  expect(arrived).toHaveLength(delayed.size);
  expect(arrived.map(outgoingIp)).toEqual(arrived.map(() => "203.0.113.7"));
  expect(arrived[0]?.delivery?.processingTimeMillis).toBe(7.5 * hourMs);
  expect(opened.engine.nextDueMs() ?? Number.POSITIVE_INFINITY).toBeGreaterThan(startMs + 30 * hourMs);
});

test("when the time to deliver is over, the last reply comes back in SES's envelope", async () => {
  const opened = await openSendingEngine({ pool: "warming", prior: "strict", seed: 3 });
  const options = { ConfigurationSetName: "news", SendingPoolName: "warming", MaxDeliverySeconds: 14_400 };
  await opened.client.send(new PutConfigurationSetDeliveryOptionsCommand(options));
  for (let sent = 0; ofType(opened, "DeliveryDelay").length < 1; sent += 50) {
    await sendTo(opened, knownAddresses("gmail.com", sent + 50).slice(sent));
  }
  const [delay] = ofType(opened, "DeliveryDelay");
  await opened.moveTo(startMs + 4 * hourMs);
  const bounced = opened.events.find(
    ({ eventType, mail }) => eventType === "Bounce" && mail.messageId === delay?.mail.messageId,
  );
  expect(bounced?.bounce).toMatchObject({
    bounceType: "Transient",
    bounceSubType: "General",
    timestamp: new Date(startMs + 4 * hourMs).toISOString(),
    bouncedRecipients: [
      {
        status: "4.4.7",
        diagnosticCode: expect.stringMatching(
          /^smtp; 554 4\.4\.7 Message expired: unable to deliver in 240 minutes\.<421-4\.7\.28 [\s\S]*>$/,
        ),
      },
    ],
  });
  const list = await opened.client.send(new ListSuppressedDestinationsCommand());
  expect(list.SuppressedDestinationSummaries).toEqual([]);
});

test("a provider that is pushed too hard blocks the IP, for days", async () => {
  const opened = await openSendingEngine({ pool: "warming", prior: "strict", seed: 3 });
  const isBlock = ({ bounce }: SesEvent) => bounce?.bouncedRecipients[0]?.diagnosticCode.includes("S3150") === true;
  for (let sent = 0; !opened.events.some(isBlock) && sent < 2000; sent += 100) {
    await sendTo(opened, knownAddresses("outlook.com", sent + 100).slice(sent));
  }
  expect(opened.events.find(isBlock)?.bounce).toMatchObject({
    bounceType: "Transient",
    bounceSubType: "General",
    bouncedRecipients: [{ status: "5.7.1", diagnosticCode: expect.stringContaining("203.0.113.7") }],
  });
  await opened.moveTo(startMs + 24 * hourMs);
  const [id] = await sendTo(opened, ["later@outlook.com"]);
  expect((await opened.eventsOf(id ?? "")).map(({ eventType }) => eventType)).toEqual(["Send", "Bounce"]);
  const [elsewhere] = await sendTo(opened, ["later@yahoo.com"]);
  expect((await opened.eventsOf(elsewhere ?? "")).map(({ eventType }) => eventType)).toEqual(["Send", "Delivery"]);
});

test("a few readers complain hours later, and none at Gmail", async () => {
  const opened = await openSendingEngine({ seed: 2 });
  const readers = [...knownAddresses("yahoo.com", 8000), ...knownAddresses("gmail.com", 2000)];
  for (let i = 0; i < readers.length; i += 50) {
    await opened.send({ ConfigurationSetName: "news", Destination: { ToAddresses: readers.slice(i, i + 50) } });
  }
  await opened.moveTo(startMs + hourMs);
  expect(ofType(opened, "Complaint")).toEqual([]);
  await opened.moveTo(startMs + 12 * hourMs);
  const complained = ofType(opened, "Complaint").map(({ complaint }) => complaint?.complainedRecipients ?? []);
  expect(complained.length).toBeGreaterThan(0);
  expect(complained.length).toBeLessThan(10);
  expect(complained.flat().filter(({ emailAddress }) => !emailAddress.endsWith("@yahoo.com"))).toEqual([]);
  const list = await opened.client.send(new ListSuppressedDestinationsCommand({ Reasons: ["COMPLAINT"] }));
  expect(list.SuppressedDestinationSummaries).toHaveLength(complained.length);
});
