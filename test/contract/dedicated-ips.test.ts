import { CreateDedicatedIpPoolCommand } from "@aws-sdk/client-sesv2";
import { describe, expect, test } from "vitest";
import { SesDedicatedIps } from "../../shared/adapters/ses/ses-dedicated-ips.ts";
import type { DedicatedIps } from "../../shared/ports/dedicated-ips.ts";
import { MemoryDedicatedIps } from "../support/fakes/memory-dedicated-ips.ts";
import { openEngine } from "../support/ses-engine.ts";

/** Opens an account with a new IP and the SES pool `news-warming`. */
type Open = () => Promise<DedicatedIps>;

const newIp = "203.0.113.7";
const defaultPool = "ses-default-dedicated-pool";

const inMemory: Open = async () => new MemoryDedicatedIps({ [newIp]: defaultPool });
const inSes: Open = async () => {
  const { engine, client } = await openEngine();
  await client.send(new CreateDedicatedIpPoolCommand({ PoolName: "news-warming" }));
  engine.leaseIp(newIp, {});
  return new SesDedicatedIps(client);
};

describe.each([
  ["in memory", inMemory],
  ["in SES", inSes],
])("dedicated IPs %s", (_, open) => {
  test("an IP that nobody moved lies in SES's default pool", async () => {
    expect(await (await open()).list()).toMatchObject([{ ip: newIp, sesPool: defaultPool }]);
  });

  test("an IP that is assigned lies in its new pool at once", async () => {
    const ips = await open();
    await ips.assign(newIp, "news-warming");
    expect(await ips.list()).toMatchObject([{ ip: newIp, sesPool: "news-warming" }]);
  });

  test("assigning again changes nothing", async () => {
    const ips = await open();
    await ips.assign(newIp, "news-warming");
    await ips.assign(newIp, "news-warming");
    expect(await ips.list()).toHaveLength(1);
  });
});

test("every IP of the account is listed, also beyond one page of SES", async () => {
  const { engine, client } = await openEngine();
  const all = Array.from({ length: 120 }, (_, index) => `198.51.100.${index}`);
  for (const ip of all) engine.leaseIp(ip, {});
  const listed = (await new SesDedicatedIps(client).list()).map(({ ip }) => ip);
  expect(new Set(listed)).toEqual(new Set(all));
});
