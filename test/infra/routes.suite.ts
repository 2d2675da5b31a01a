import { expect, test } from "vitest";
import sample from "../../infra/warm-up.config.ts";
import { expectedSets, publishedEvents, warmingMaxDeliverySeconds } from "../../shared/domain/guard/expected.ts";
import { system } from "./sample-system.ts";
import { asText, Synthesized, target } from "./synthesize.ts";

const pools = new Map(system.all("AWS::SES::DedicatedIpPool").map(({ id, properties }) => [id, properties]));
const sets = system.all("AWS::SES::ConfigurationSet");
const destinations = system.all("AWS::SES::ConfigurationSetEventDestination");

const setNames = (of: Synthesized) => of.all("AWS::SES::ConfigurationSet").map(({ properties }) => properties.Name);

test("each pool has a warming and an established route, and one route is shared", () => {
  expect(setNames(system)).toEqual([
    "transactional-warming",
    "marketing-warming",
    "transactional-established",
    "marketing-established",
    "shared",
  ]);
});

test.each(sets)("$properties.Name is bound explicitly to the SES pool of its route", ({ properties }) => {
  const { SendingPoolName } = properties.DeliveryOptions;
  if (properties.Name === "shared") return expect(SendingPoolName).toBe("ses-shared-pool");
  expect(pools.get(target(SendingPoolName))).toEqual({ PoolName: properties.Name, ScalingMode: "STANDARD" });
});

test.each(sets)("$properties.Name publishes its reputation and suppresses bounces and complaints", ({ properties }) => {
  expect(properties.ReputationOptions.ReputationMetricsEnabled).toBe(true);
  expect(properties.SuppressionOptions.SuppressedReasons).toEqual(["BOUNCE", "COMPLAINT"]);
});

test("only warming sets report soft bounces within the day", () => {
  const seconds = sets.map(({ properties }) => [properties.Name, properties.DeliveryOptions.MaxDeliverySeconds]);
  const expected = setNames(system).map((name) => [name, name.endsWith("-warming") ? 4 * 3600 : undefined]);
  expect(seconds).toEqual(expected);
});

test.each(sets)("$properties.Name tells what became of its mail, and proves what SES took", ({ id, properties }) => {
  const own = destinations
    .filter((destination) => target(destination.properties.ConfigurationSetName) === id)
    .map((destination) => destination.properties.EventDestination);
  const told = own.map(({ Name, Enabled, MatchingEventTypes, SnsDestination }) => ({
    Name,
    Enabled,
    types: MatchingEventTypes,
    topic: target(SnsDestination.TopicARN).replace(/[0-9A-F]{8}$/, ""),
  }));
  expect(told).toEqual([
    {
      Name: `${properties.Name}-feedback`,
      Enabled: true,
      types: ["delivery", "bounce", "complaint", "deliveryDelay", "reject", "renderingFailure"],
      topic: "WarmUpFeedbackPathFeedbackTopic",
    },
    { Name: `${properties.Name}-proof`, Enabled: true, types: ["send"], topic: "WarmUpFeedbackPathProofTopic" },
  ]);
});

test("the guard expects what the stack makes", () => {
  const named = Object.keys(sample.pools).map((name) => ({ name }));
  const options = new Map(sets.map(({ properties: { Name, DeliveryOptions } }) => [Name, DeliveryOptions]));
  for (const { set, sesPool } of expectedSets(named)) {
    const { SendingPoolName, MaxDeliverySeconds } = options.get(set);
    const bound = set === "shared" ? SendingPoolName : pools.get(target(SendingPoolName)).PoolName;
    expect(bound, set).toBe(sesPool);
    expect(MaxDeliverySeconds, set).toBe(set.endsWith("-warming") ? warmingMaxDeliverySeconds : undefined);
  }
  expect(new Set(setNames(system))).toEqual(new Set(expectedSets(named).map(({ set }) => set)));
  const apiName = (type: string) => type.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  for (const { properties } of destinations) {
    const { Name, MatchingEventTypes } = properties.EventDestination;
    const [, types] = Object.entries(publishedEvents).find(([kind]) => Name.endsWith(`-${kind}`))!;
    expect(MatchingEventTypes.map(apiName), Name).toEqual(types);
  }
});

test("nothing tracks opens or clicks: that would change the mail", () => {
  const types = destinations.flatMap(({ properties }) => properties.EventDestination.MatchingEventTypes);
  expect(types.filter((type) => type === "open" || type === "click")).toEqual([]);
});

test.each(["FeedbackTopic", "ProofTopic"])("%s takes events of these sets in this account only", (name) => {
  const { Statement } = system.one("AWS::SNS::TopicPolicy", `${name}Policy`).properties.PolicyDocument;
  const allows = Statement.filter(({ Effect }: { Effect: string }) => Effect === "Allow");
  for (const { Principal, Action } of allows) {
    expect({ Principal, Action }).toEqual({ Principal: { Service: "ses.amazonaws.com" }, Action: "sns:Publish" });
  }
  const conditions = allows.map(({ Condition }: { Condition: { StringEquals: Record<string, unknown> } }) => ({
    account: asText(Condition.StringEquals["AWS:SourceAccount"]),
    set: asText(Condition.StringEquals["AWS:SourceArn"]),
  }));
  const prefix = "arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:configuration-set";
  expect(conditions).toEqual(sets.map(({ id }) => ({ account: "<AWS::AccountId>", set: `${prefix}/<${id}>` })));
});

test("a pool more is two routes more", () => {
  const more = new Synthesized({ ...sample, pools: { ...sample.pools, invoices: {} } });
  const added = setNames(more).filter((name) => !setNames(system).includes(name));
  expect(added).toEqual(["invoices-warming", "invoices-established"]);
});

test("without pools there is the shared route alone, and nothing to move IPs between", () => {
  const none = new Synthesized({ identities: ["example.com"], streams: { alerts: {} } });
  expect(setNames(none)).toEqual(["shared"]);
  expect(none.all("AWS::SES::DedicatedIpPool")).toEqual([]);
  expect(JSON.stringify(none.all("AWS::IAM::Policy"))).not.toContain("ses:Put");
});
