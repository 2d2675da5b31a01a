import {
  CreateConfigurationSetCommand,
  CreateDedicatedIpPoolCommand,
  DeleteDedicatedIpPoolCommand,
  GetConfigurationSetCommand,
  GetDedicatedIpCommand,
  GetDedicatedIpPoolCommand,
  PutConfigurationSetDeliveryOptionsCommand,
  PutDedicatedIpInPoolCommand,
  PutDedicatedIpPoolScalingAttributesCommand,
  PutDedicatedIpWarmupAttributesCommand,
} from "@aws-sdk/client-sesv2";
import { describe, expect, test } from "vitest";
import { openSendingEngine, type TestEngine } from "../support/ses-engine.ts";

const ip = "203.0.113.7";
const unknownIp = "203.0.113.250";

/** Sends a request as it is: the SDK's types forbid what is left out here. */
const put = async ({ engine }: TestEngine, path: string, body: object) => {
  const headers = { authorization: "AWS4-HMAC-SHA256 Credential=AKIATEST/20261102/eu-west-1/ses/aws4_request" };
  const type = { "content-type": "application/json" };
  const answer = await fetch(`${engine.url}/v2/email${path}`, {
    method: "PUT",
    headers: { ...headers, ...type },
    body: JSON.stringify(body),
  });
  const said = (await answer.json()) as { message: string };
  return { status: answer.status, name: answer.headers.get("x-amzn-errortype"), message: said.message };
};

const exists = { status: 400, name: "AlreadyExistsException" };
const missing = { status: 404, name: "NotFoundException" };
const bad = { status: 400, name: "BadRequestException" };
const reserved = { ...bad, message: "Pool name describes either a shared or default dedicated ip pool" };
const noPool = { ...missing, message: "The requested pool <gone> does not exist." };
const noIp = { ...missing, message: `Could not find dedicated IP <${unknownIp}> under this account.` };
const noSendingPool = { ...bad, message: "SendingPool <gone> doesn't exist" };
const goneSet = { ConfigurationSetName: "other", DeliveryOptions: { SendingPoolName: "gone" } };

describe("management calls are refused in SES's words", () => {
  test.each([
    [
      "a pool that exists",
      new CreateDedicatedIpPoolCommand({ PoolName: "warming" }),
      { ...exists, message: "The pool <warming> already exists." },
    ],
    ["a pool that does not", new GetDedicatedIpPoolCommand({ PoolName: "gone" }), noPool],
    ["deleting one that does not", new DeleteDedicatedIpPoolCommand({ PoolName: "gone" }), noPool],
    ["an IP the account does not have", new GetDedicatedIpCommand({ Ip: unknownIp }), noIp],
    [
      "moving one, before the pool is looked at",
      new PutDedicatedIpInPoolCommand({ Ip: unknownIp, DestinationPoolName: "gone" }),
      noIp,
    ],
    ["the shared pool", new GetDedicatedIpPoolCommand({ PoolName: "ses-shared-pool" }), reserved],
    ["the default pool", new GetDedicatedIpPoolCommand({ PoolName: "ses-default-dedicated-pool" }), reserved],
    [
      "deleting a STANDARD pool with IPs",
      new DeleteDedicatedIpPoolCommand({ PoolName: "warming" }),
      { ...bad, message: "The pool <warming> can't be deleted because it has dedicated IPs." },
    ],
    ["a configuration set for a missing pool", new CreateConfigurationSetCommand(goneSet), noSendingPool],
    [
      "re-pointing one there",
      new PutConfigurationSetDeliveryOptionsCommand({ ConfigurationSetName: "news", SendingPoolName: "gone" }),
      noSendingPool,
    ],
    [
      "a percentage above 100",
      new PutDedicatedIpWarmupAttributesCommand({ Ip: unknownIp, WarmupPercentage: 101 }),
      { ...bad, message: "Warmup Percentage must be between 0 and 100." },
    ],
  ])("%s", async (_situation, command, { status, name, message }) => {
    const { client } = await openSendingEngine({ pool: "warming" });
    // One of many commands: the client's overloads want to know which.
    const call = client.send(command as GetDedicatedIpCommand);
    await expect(call).rejects.toMatchObject({ name, message, $metadata: { httpStatusCode: status } });
  });

  test.each([
    [`/dedicated-ips/${unknownIp}/pool`, "Pool name can't be blank."],
    [`/dedicated-ips/${unknownIp}/warmup`, "Warmup Percentage can't be null."],
    ["/dedicated-ip-pools/gone/scaling", "The ScalingMode parameter is invalid."],
  ])("a member that is missing is told before what does not exist: PUT %s", async (path, message) => {
    const engine = await openSendingEngine({ pool: "warming" });
    expect(await put(engine, path, {})).toEqual({ status: 400, name: "BadRequestException", message });
  });
});

test("a managed pool does not become a standard one", async () => {
  const { client } = await openSendingEngine({ pool: "warming" });
  const scale = (ScalingMode: "MANAGED" | "STANDARD") =>
    client.send(new PutDedicatedIpPoolScalingAttributesCommand({ PoolName: "warming", ScalingMode }));
  await scale("MANAGED");
  await expect(scale("STANDARD")).rejects.toThrow("The ScalingMode parameter is invalid.");
});

test("an IP moved back to the default pool lets its pool be deleted", async () => {
  const { client } = await openSendingEngine({ pool: "warming" });
  await client.send(new PutDedicatedIpInPoolCommand({ Ip: ip, DestinationPoolName: "ses-default-dedicated-pool" }));
  await client.send(new DeleteDedicatedIpPoolCommand({ PoolName: "warming" }));
});

test("a configuration set says whether its reputation is measured", async () => {
  const { client } = await openSendingEngine();
  await client.send(
    new CreateConfigurationSetCommand({
      ConfigurationSetName: "measured",
      ReputationOptions: { ReputationMetricsEnabled: true },
    }),
  );
  const measured = async (ConfigurationSetName: string) =>
    (await client.send(new GetConfigurationSetCommand({ ConfigurationSetName }))).ReputationOptions;
  expect(await measured("measured")).toEqual({ ReputationMetricsEnabled: true });
  expect(await measured("news")).toEqual({ ReputationMetricsEnabled: false });
});
