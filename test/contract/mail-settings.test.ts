import {
  CreateConfigurationSetEventDestinationCommand,
  CreateDedicatedIpPoolCommand,
  DeleteConfigurationSetCommand,
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetDedicatedIpCommand,
  PutAccountDedicatedIpWarmupAttributesCommand,
  PutConfigurationSetDeliveryOptionsCommand,
  PutConfigurationSetSendingOptionsCommand,
  type SESv2Client,
} from "@aws-sdk/client-sesv2";
import { describe, expect, test } from "vitest";
import { paced } from "../../shared/adapters/ses/control-pace.ts";
import { SesMailSettings } from "../../shared/adapters/ses/ses-mail-settings.ts";
import { expectedSets, publishedEvents } from "../../shared/domain/guard/expected.ts";
import type { MailSettings } from "../../shared/ports/mail-settings.ts";
import { MemoryMailSettings } from "../support/fakes/memory-mail-settings.ts";
import { openEngine } from "../support/ses-engine.ts";

interface Opened {
  readonly settings: MailSettings;
  /** What somebody does in the console. */
  readonly deleteSet: (set: string) => Promise<unknown>;
}

/** Opens an account as the stack makes it for the pool `news`. */
type Open = () => Promise<Opened>;

const topic = "arn:aws:sns:eu-west-1:000000000000:feedback";
const feedback = { name: "news-warming-feedback", types: publishedEvents.feedback, topic };

const inMemory: Open = async () => {
  const settings = new MemoryMailSettings(["news"]);
  return { settings, deleteSet: async (set) => settings.sets.delete(set) };
};

async function openSes() {
  const { engine, client } = await openEngine();
  const settings = new SesMailSettings(client);
  for (const { set, sesPool } of expectedSets([{ name: "news" }])) {
    if (sesPool === set) await client.send(new CreateDedicatedIpPoolCommand({ PoolName: set }));
    await settings.createSet(set, { sesPool });
    for (const [kind, types] of Object.entries(publishedEvents)) {
      await settings.publishEvents(set, { name: `${set}-${kind}`, types, topic });
    }
  }
  return { engine, client, settings };
}

const inSes: Open = async () => {
  const { client, settings } = await openSes();
  const deleteSet = (set: string) => client.send(new DeleteConfigurationSetCommand({ ConfigurationSetName: set }));
  return { settings, deleteSet };
};

describe.each([
  ["in memory", inMemory],
  ["in SES", inSes],
])("mail settings %s", (_, open) => {
  test("an account that nobody touched is healthy", async () => {
    const { settings } = await open();
    expect(await settings.account()).toMatchObject({
      autoWarmup: false,
      enforcement: "HEALTHY",
      sendingEnabled: true,
      sentLast24Hours: 0,
      max24HourSend: -1,
    });
  });

  test("a set names the SES pool it was made for, and what it publishes", async () => {
    const { settings } = await open();
    expect(await settings.configurationSet("news-warming")).toEqual({
      exists: true,
      sesPool: "news-warming",
      sendingEnabled: true,
    });
    expect(await settings.configurationSet("shared")).toMatchObject({ sesPool: "ses-shared-pool" });
    const destinations = await settings.eventDestinations("news-warming");
    expect(destinations).toHaveLength(2);
    expect(destinations).toContainEqual({
      name: "news-warming-feedback",
      enabled: true,
      types: publishedEvents.feedback,
      topic: expect.stringContaining("feedback"),
    });
  });

  test("what does not exist says so", async () => {
    const { settings } = await open();
    expect(await settings.configurationSet("nothing")).toMatchObject({ exists: false });
    expect(await settings.eventDestinations("nothing")).toEqual([]);
    expect(await settings.sesPool("nothing")).toMatchObject({ exists: false });
  });

  test("an SES pool made by the stack is a standard one", async () => {
    const { settings } = await open();
    expect(await settings.sesPool("news-warming")).toEqual({ exists: true, scaling: "standard" });
  });

  test("a set that is pointed elsewhere names that pool, also the second time", async () => {
    const { settings } = await open();
    await settings.pointSet("news-warming", "news-established");
    await settings.pointSet("news-warming", "news-established");
    expect(await settings.configurationSet("news-warming")).toMatchObject({ sesPool: "news-established" });
  });

  test("a deleted set is made anew with what it publishes; made twice it is one", async () => {
    const { settings, deleteSet } = await open();
    await deleteSet("news-warming");
    expect(await settings.configurationSet("news-warming")).toMatchObject({ exists: false });
    for (const _time of [1, 2]) {
      await settings.createSet("news-warming", { sesPool: "news-warming" });
      await settings.publishEvents("news-warming", feedback);
    }
    expect(await settings.configurationSet("news-warming")).toMatchObject({ exists: true, sesPool: "news-warming" });
    expect(await settings.eventDestinations("news-warming")).toEqual([
      { name: feedback.name, enabled: true, types: feedback.types, topic },
    ]);
  });

  test("a destination that exists is corrected", async () => {
    const { settings } = await open();
    await settings.publishEvents("shared", { name: "shared-proof", types: ["SEND", "REJECT"], topic: `${topic}-2` });
    const found = (await settings.eventDestinations("shared")).find(({ name }) => name === "shared-proof");
    expect(found).toMatchObject({ enabled: true, topic: `${topic}-2` });
    expect(new Set(found?.types)).toEqual(new Set(["SEND", "REJECT"]));
  });
});

describe("mail settings in SES", () => {
  const deliveryOf = async (client: SESv2Client, set: string) =>
    (await client.send(new GetConfigurationSetCommand({ ConfigurationSetName: set }))).DeliveryOptions;

  test("an account's automatic warm-up is switched off", async () => {
    const { client, settings } = await openSes();
    await client.send(new PutAccountDedicatedIpWarmupAttributesCommand({ AutoWarmupEnabled: true }));
    expect(await settings.account()).toMatchObject({ autoWarmup: true });
    await settings.disableAutoWarmup();
    const { DedicatedIpAutoWarmupEnabled: isOn } = await client.send(new GetAccountCommand());
    expect(isOn).toBe(false);
  });

  test("an IP's percentage is set", async () => {
    const { engine, client, settings } = await openSes();
    engine.leaseIp("203.0.113.7", {});
    await settings.setPercentage("203.0.113.7", 40);
    const { DedicatedIp: ip } = await client.send(new GetDedicatedIpCommand({ Ip: "203.0.113.7" }));
    expect(ip?.WarmupPercentage).toBe(40);
  });

  test("pointing a set keeps how long SES tries and how it encrypts", async () => {
    const { client, settings } = await openSes();
    const options = { SendingPoolName: "news-established", MaxDeliverySeconds: 14_400, TlsPolicy: "REQUIRE" } as const;
    const command = { ConfigurationSetName: "news-warming", ...options };
    await client.send(new PutConfigurationSetDeliveryOptionsCommand(command));
    await settings.pointSet("news-warming", "news-warming");
    expect(await deliveryOf(client, "news-warming")).toEqual({ ...options, SendingPoolName: "news-warming" });
  });

  test("a set made anew tries as long as it is told", async () => {
    const { client, settings } = await openSes();
    await settings.createSet("more", { sesPool: "news-warming", maxDeliverySeconds: 14_400 });
    expect(await deliveryOf(client, "more")).toMatchObject({ MaxDeliverySeconds: 14_400 });
  });

  test("a set whose sending is disabled says so, and one that names no pool", async () => {
    const { client, settings } = await openSes();
    const ConfigurationSetName = "news-warming";
    await client.send(new PutConfigurationSetSendingOptionsCommand({ ConfigurationSetName, SendingEnabled: false }));
    await client.send(new PutConfigurationSetDeliveryOptionsCommand({ ConfigurationSetName }));
    expect(await settings.configurationSet("news-warming")).toEqual({
      exists: true,
      sesPool: undefined,
      sendingEnabled: false,
    });
  });

  test("a managed pool is told from a standard one", async () => {
    const { client, settings } = await openSes();
    await client.send(new CreateDedicatedIpPoolCommand({ PoolName: "theirs", ScalingMode: "MANAGED" }));
    expect(await settings.sesPool("theirs")).toEqual({ exists: true, scaling: "managed" });
  });

  test("a destination that is disabled says so", async () => {
    const { client, settings } = await openSes();
    await client.send(
      new CreateConfigurationSetEventDestinationCommand({
        ConfigurationSetName: "shared",
        EventDestinationName: "off",
        EventDestination: { Enabled: false, MatchingEventTypes: ["OPEN"], SnsDestination: { TopicArn: topic } },
      }),
    );
    expect(await settings.eventDestinations("shared")).toContainEqual({
      name: "off",
      enabled: false,
      types: ["OPEN"],
      topic,
    });
  });

  test("what SES refuses for another reason is an error and no answer", async () => {
    const { settings } = await openSes();
    await expect(settings.sesPool("ses-shared-pool")).rejects.toThrow(/shared or default/);
    await expect(settings.pointSet("nothing", "news-warming")).rejects.toThrow();
  });

  test("paced, calls begin a second apart, however many are made at once", async () => {
    const begun: number[] = [];
    const { client } = await openEngine({ onCall: () => void begun.push(Date.now()) });
    const settings = new SesMailSettings(paced(client));
    await Promise.all([settings.account(), settings.account(), settings.configurationSet("nothing")]);
    const apart = begun.slice(1).map((ms, index) => ms - (begun[index] ?? ms));
    expect(apart).toHaveLength(2);
    for (const ms of apart) expect(ms).toBeGreaterThan(900);
  });
});
