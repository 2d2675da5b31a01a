import {
  CreateConfigurationSetCommand,
  CreateConfigurationSetEventDestinationCommand,
  CreateDedicatedIpPoolCommand,
  CreateEmailIdentityCommand,
  DeleteConfigurationSetCommand,
  DeleteConfigurationSetEventDestinationCommand,
  DeleteDedicatedIpPoolCommand,
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetConfigurationSetEventDestinationsCommand,
  GetDedicatedIpCommand,
  GetDedicatedIpPoolCommand,
  GetDedicatedIpsCommand,
  GetEmailIdentityCommand,
  ListConfigurationSetsCommand,
  ListContactListsCommand,
  ListDedicatedIpPoolsCommand,
  PutAccountDedicatedIpWarmupAttributesCommand,
  PutConfigurationSetDeliveryOptionsCommand,
  PutDedicatedIpInPoolCommand,
  PutDedicatedIpPoolScalingAttributesCommand,
  PutDedicatedIpWarmupAttributesCommand,
  paginateGetDedicatedIps,
  UpdateConfigurationSetEventDestinationCommand,
} from "@aws-sdk/client-sesv2";
import { expect, test } from "vitest";
import { createSet, hourMs, openEngine, startMs, topicArn } from "../support/ses-engine.ts";

test("the account shows its quota, its standing and whether SES warms up by itself", async () => {
  const { client } = await openEngine({ account: { max24HourSend: 50_000, maxSendRate: 14 } });
  await client.send(new PutAccountDedicatedIpWarmupAttributesCommand({ AutoWarmupEnabled: true }));
  expect(await client.send(new GetAccountCommand())).toMatchObject({
    DedicatedIpAutoWarmupEnabled: true,
    EnforcementStatus: "HEALTHY",
    ProductionAccessEnabled: true,
    SendingEnabled: true,
    SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 0 },
    SuppressionAttributes: { SuppressedReasons: ["BOUNCE", "COMPLAINT"] },
  });
});

test("configuration sets are created, re-pointed, listed and deleted", async () => {
  const { client } = await openEngine();
  await client.send(new CreateDedicatedIpPoolCommand({ PoolName: "news-warming" }));
  const named = { ConfigurationSetName: "news" };
  await client.send(
    new CreateConfigurationSetCommand({ ...named, DeliveryOptions: { SendingPoolName: "ses-shared-pool" } }),
  );
  const again = client.send(new CreateConfigurationSetCommand(named));
  await expect(again).rejects.toMatchObject({ name: "AlreadyExistsException" });
  const options = { SendingPoolName: "news-warming", MaxDeliverySeconds: 14_400 };
  await client.send(new PutConfigurationSetDeliveryOptionsCommand({ ...named, ...options }));
  const set = await client.send(new GetConfigurationSetCommand(named));
  expect(set.DeliveryOptions).toEqual({ TlsPolicy: "OPTIONAL", ...options });
  const noSuchPool = client.send(
    new PutConfigurationSetDeliveryOptionsCommand({ ...named, SendingPoolName: "nowhere" }),
  );
  await expect(noSuchPool).rejects.toMatchObject({ name: "BadRequestException" });
  const tooLong = client.send(new PutConfigurationSetDeliveryOptionsCommand({ ...named, MaxDeliverySeconds: 50_401 }));
  await expect(tooLong).rejects.toMatchObject({ name: "BadRequestException" });
  expect((await client.send(new ListConfigurationSetsCommand())).ConfigurationSets).toEqual(["news"]);
  await client.send(new DeleteConfigurationSetCommand(named));
  await expect(client.send(new GetConfigurationSetCommand(named))).rejects.toMatchObject({ name: "NotFoundException" });
});

test("event destinations are SNS topics; other kinds are refused by name", async () => {
  const { client } = await openEngine();
  await createSet(client, "news");
  const where = { ConfigurationSetName: "news", EventDestinationName: "topic" };
  const narrower = { Enabled: false, MatchingEventTypes: ["BOUNCE" as const] };
  await client.send(new UpdateConfigurationSetEventDestinationCommand({ ...where, EventDestination: narrower }));
  const shown = await client.send(new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName: "news" }));
  expect(shown.EventDestinations).toEqual([{ Name: "topic", ...narrower, SnsDestination: { TopicArn: topicArn } }]);
  const bus = client.send(
    new CreateConfigurationSetEventDestinationCommand({
      ConfigurationSetName: "news",
      EventDestinationName: "bus",
      EventDestination: { MatchingEventTypes: ["SEND"], EventBridgeDestination: { EventBusArn: "arn:aws:events:bus" } },
    }),
  );
  await expect(bus).rejects.toMatchObject({
    name: "BadRequestException",
    message: expect.stringContaining("EventBridgeDestination"),
  });
  await client.send(new DeleteConfigurationSetEventDestinationCommand(where));
  const gone = client.send(new DeleteConfigurationSetEventDestinationCommand(where));
  await expect(gone).rejects.toMatchObject({ name: "NotFoundException" });
});

test("the reserved pools are listed and cannot be read", async () => {
  const { client } = await openEngine();
  await client.send(new CreateDedicatedIpPoolCommand({ PoolName: "news-warming" }));
  const pools = await client.send(new ListDedicatedIpPoolsCommand());
  expect(pools.DedicatedIpPools).toEqual(["news-warming", "ses-default-dedicated-pool", "ses-shared-pool"]);
  const own = await client.send(new GetDedicatedIpPoolCommand({ PoolName: "news-warming" }));
  expect(own.DedicatedIpPool).toEqual({ PoolName: "news-warming", ScalingMode: "STANDARD" });
  const reserved = client.send(new GetDedicatedIpPoolCommand({ PoolName: "ses-shared-pool" }));
  await expect(reserved).rejects.toMatchObject({ name: "BadRequestException" });
});

test("a new IP lands complete in the default pool, moves to another, and is warmed by hand", async () => {
  const { client, engine } = await openEngine();
  engine.leaseIp("203.0.113.7");
  const ip = async () => (await client.send(new GetDedicatedIpCommand({ Ip: "203.0.113.7" }))).DedicatedIp;
  expect(await ip()).toEqual({
    Ip: "203.0.113.7",
    WarmupStatus: "DONE",
    WarmupPercentage: 100,
    PoolName: "ses-default-dedicated-pool",
  });
  await client.send(new CreateDedicatedIpPoolCommand({ PoolName: "news-warming" }));
  await client.send(new PutDedicatedIpInPoolCommand({ Ip: "203.0.113.7", DestinationPoolName: "news-warming" }));
  await client.send(new PutDedicatedIpWarmupAttributesCommand({ Ip: "203.0.113.7", WarmupPercentage: 20 }));
  expect(await ip()).toMatchObject({ WarmupStatus: "IN_PROGRESS", WarmupPercentage: 20, PoolName: "news-warming" });
  const held = client.send(new DeleteDedicatedIpPoolCommand({ PoolName: "news-warming" }));
  await expect(held).rejects.toMatchObject({ name: "BadRequestException" });
  await client.send(
    new PutDedicatedIpPoolScalingAttributesCommand({ PoolName: "news-warming", ScalingMode: "MANAGED" }),
  );
  expect(await ip()).toMatchObject({ WarmupStatus: "NOT_APPLICABLE", WarmupPercentage: -1 });
});

test("with SES's own warm-up on, a new IP rises with the calendar", async () => {
  const { client, engine, clock } = await openEngine({ account: { autoWarmupEnabled: true } });
  engine.leaseIp("203.0.113.7");
  clock.atMs = startMs + 9 * 24 * hourMs;
  const { DedicatedIp } = await client.send(new GetDedicatedIpCommand({ Ip: "203.0.113.7" }));
  expect(DedicatedIp).toMatchObject({ WarmupStatus: "IN_PROGRESS", WarmupPercentage: 20 });
});

test("lists come in pages", async () => {
  const { client, engine } = await openEngine();
  for (const last of [1, 2, 3, 4, 5]) engine.leaseIp(`203.0.113.${last}`);
  const ips: string[] = [];
  for await (const page of paginateGetDedicatedIps({ client, pageSize: 2 }, {})) {
    ips.push(...(page.DedicatedIps ?? []).map(({ Ip }) => Ip ?? ""));
  }
  expect(ips).toHaveLength(5);
  const unknown = client.send(new GetDedicatedIpsCommand({ PoolName: "nowhere" }));
  await expect(unknown).rejects.toMatchObject({ name: "NotFoundException" });
  const stale = client.send(new GetDedicatedIpsCommand({ NextToken: "stale" }));
  await expect(stale).rejects.toMatchObject({ name: "InvalidNextTokenException" });
});

test("an identity is verified as soon as it exists", async () => {
  const { client } = await openEngine();
  const created = await client.send(new CreateEmailIdentityCommand({ EmailIdentity: "example.com" }));
  expect(created).toMatchObject({ IdentityType: "DOMAIN", VerifiedForSendingStatus: true });
  const shown = await client.send(new GetEmailIdentityCommand({ EmailIdentity: "example.com" }));
  expect(shown).toMatchObject({ VerifiedForSendingStatus: true, VerificationStatus: "SUCCESS" });
  const unknown = client.send(new GetEmailIdentityCommand({ EmailIdentity: "example.org" }));
  await expect(unknown).rejects.toMatchObject({ name: "NotFoundException" });
});

test("an operation that the engine lacks says so in an error the SDK can read", async () => {
  const { client } = await openEngine();
  const call = client.send(new ListContactListsCommand());
  await expect(call).rejects.toMatchObject({
    name: "UnknownOperationException",
    message: expect.stringContaining("contact-lists"),
  });
});

test("control calls above their rate are refused, per action", async () => {
  const { client, clock } = await openEngine({ controlCallsPerSecond: 1 });
  await client.send(new GetAccountCommand());
  await expect(client.send(new GetAccountCommand())).rejects.toMatchObject({ name: "TooManyRequestsException" });
  await client.send(new ListConfigurationSetsCommand());
  clock.atMs += 1000;
  await client.send(new GetAccountCommand());
});

test("each call is reported as IAM would judge it, and a refusal there is access denied", async () => {
  const { client, calls } = await openEngine();
  await client.send(new GetAccountCommand());
  expect(calls).toEqual([{ accessKeyId: "AKIATEST", action: "ses:GetAccount", resources: ["*"] }]);
  const strict = await openEngine({
    onCall: ({ action }) => {
      if (action === "ses:GetAccount") throw new Error("not allowed");
    },
  });
  const refused = strict.client.send(new GetAccountCommand());
  await expect(refused).rejects.toMatchObject({ name: "AccessDeniedException", message: "not allowed" });
});
