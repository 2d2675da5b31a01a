import {
  CreateDedicatedIpPoolCommand,
  DeleteConfigurationSetCommand,
  DeleteConfigurationSetEventDestinationCommand,
  PutAccountDedicatedIpWarmupAttributesCommand,
  PutDedicatedIpPoolScalingAttributesCommand,
  PutDedicatedIpWarmupAttributesCommand,
  SendEmailCommand,
} from "@aws-sdk/client-sesv2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allowedBy } from "../../infra/local/permissions/role-policy.ts";
import { resolverFor } from "../../infra/local/template/resolve.ts";
import { holdOutgoing } from "../../shared/app/guard/hold-outgoing.ts";
import { repair } from "../../shared/app/guard/repair.ts";
import type { FindingCode } from "../../shared/domain/guard/finding.ts";
import { allowedIps } from "../../shared/domain/guard/outgoing-ip.ts";
import { utcDay } from "../../shared/domain/utc-day.ts";
import { keepCounts } from "../support/signs.ts";
import { type GuardedAccount, newsIp, openGuardedAccount, pools, receiptsIp, secondNewsIp } from "./guarded-account.ts";

let account: GuardedAccount;

beforeAll(async () => {
  account = await openGuardedAccount();
}, 120_000);

afterAll(() => account.running.system.close());

interface Case {
  readonly what: string;
  readonly code: FindingCode;
  readonly pool: string;
  readonly says: RegExp;
  readonly change: () => Promise<unknown>;
}

const cases: readonly Case[] = [
  {
    what: "SES's automatic warm-up switched on",
    code: "auto-warm-up-on",
    pool: "*",
    says: /automatic warm-up is on .* expected off.*Repair: ses-warmup repair auto-warm-up-on$/,
    change: () => account.mail.send(new PutAccountDedicatedIpWarmupAttributesCommand({ AutoWarmupEnabled: true })),
  },
  {
    what: "a percentage edited",
    code: "percentage-edited",
    pool: "marketing",
    says: /192\.0\.2\.21 of pool marketing stands at 30 %.*expected 100 %/,
    change: () =>
      account.mail.send(new PutDedicatedIpWarmupAttributesCommand({ Ip: secondNewsIp, WarmupPercentage: 30 })),
  },
  {
    what: "an IP moved among the warm ones",
    code: "ip-moved",
    pool: "transactional",
    says: /192\.0\.2\.10 .* lies in SES pool transactional-established, expected in transactional-warming/,
    change: () => account.move(receiptsIp, "transactional-established"),
  },
  {
    what: "an IP of another pool",
    code: "foreign-ip",
    pool: "transactional",
    says: /192\.0\.2\.20 lies in SES pool transactional-warming, which is for only 192\.0\.2\.10/,
    change: () => account.move(newsIp, "transactional-warming"),
  },
  {
    what: "an IP nobody configured",
    code: "foreign-ip",
    pool: "marketing",
    says: /192\.0\.2\.99 lies in SES pool marketing-established/,
    change: async () => account.running.system.mail.leaseIp("192.0.2.99", { poolName: "marketing-established" }),
  },
  {
    what: "a set that names a managed pool",
    code: "managed-pool",
    pool: "marketing",
    says: /SES pool theirs, which configuration set marketing-established names, is managed/,
    change: async () => {
      await account.mail.send(new CreateDedicatedIpPoolCommand({ PoolName: "theirs" }));
      const scaling = { PoolName: "theirs", ScalingMode: "MANAGED" } as const;
      await account.mail.send(new PutDedicatedIpPoolScalingAttributesCommand(scaling));
      await account.point("marketing-established", "theirs");
    },
  },
  {
    what: "a set pointed elsewhere",
    code: "set-repointed",
    pool: "transactional",
    says: /Configuration set transactional-warming names SES pool ses-shared-pool, expected transactional-warming/,
    change: () => account.point("transactional-warming", "ses-shared-pool"),
  },
  {
    what: "a set deleted",
    code: "set-deleted",
    pool: "marketing",
    says: /Configuration set marketing-warming does not exist/,
    change: () => account.mail.send(new DeleteConfigurationSetCommand({ ConfigurationSetName: "marketing-warming" })),
  },
  {
    what: "an event destination removed",
    code: "event-destination-removed",
    pool: "transactional",
    says: /Event destination transactional-warming-feedback does not exist, expected it to publish DELIVERY, BOUNCE/,
    change: () =>
      account.mail.send(
        new DeleteConfigurationSetEventDestinationCommand({
          ConfigurationSetName: "transactional-warming",
          EventDestinationName: "transactional-warming-feedback",
        }),
      ),
  },
];

test("nothing is held when all is well", async () => {
  for (const pool of pools.keys()) expect(await account.holds(pool)).toEqual([]);
});

describe.each(cases)("$what", ({ code, pool, says, change }) => {
  const held = pool === "*" ? [...pools.keys()] : [pool];

  test("is found by one check, named in words, and holds its pool; one repair lifts the hold", async () => {
    await change();
    await account.check();
    for (const name of held) {
      const hold = (await account.holds(name)).find((each) => each.code === code);
      expect(hold?.sentence).toMatch(says);
    }
    expect(await account.repair(code, pool === "*" ? undefined : pool)).toMatchObject({ kind: "repaired" });
    await account.check();
    for (const name of pools.keys()) expect(await account.holds(name)).toEqual([]);
    const [latest] = await account.ports.audit.latest(held[0]!, 10);
    expect(latest).toMatchObject({ by: "guard", action: "guard-cleared" });
  });
});

test("an IP that arrived complete is not trusted: it goes back to where new IPs arrive (guide row 22)", async () => {
  const lifeCycle = await account.ports.lifeCycles.read("marketing");
  await account.ports.lifeCycles.write({ ...lifeCycle, ips: lifeCycle.ips.filter(({ ip }) => ip !== secondNewsIp) });
  await account.check();
  expect(await account.holds("marketing")).toMatchObject([
    { code: "ip-complete-on-arrival", sentence: expect.stringContaining("192.0.2.21 of pool marketing is new") },
  ]);
  await account.repair("ip-complete-on-arrival", "marketing");
  await account.check();
  expect(await account.holds("marketing")).toEqual([]);
  const found = (await account.ports.ips.list()).find(({ ip }) => ip === secondNewsIp);
  expect(found?.sesPool).toBe("ses-default-dedicated-pool");
  await account.record("marketing");
});

test("an IP that was released is named until our record forgets it", async () => {
  const lifeCycle = await account.ports.lifeCycles.read("marketing");
  const gone = { ip: secondNewsIp, sesPool: "marketing-warming", percentage: 100, since: "2026-01-01" };
  // The account cannot lose an IP here: a pool with another IP on record stands for it.
  const configured = new Map([...pools, ["marketing", { name: "marketing", ips: [newsIp, "192.0.2.22"] }]]);
  const known = [...lifeCycle.ips.filter(({ ip }) => ip === newsIp), { ...gone, ip: "192.0.2.22" }];
  await account.ports.lifeCycles.write({ ...lifeCycle, ips: known });
  await account.ports.ips.assign(secondNewsIp, "ses-default-dedicated-pool");
  const { kind, says } = await repair(account.ports, configured, {
    code: "ip-released",
    pool: "marketing",
    by: "operator",
  });
  expect(kind).toBe("repaired");
  expect(says).toContain("192.0.2.22 of pool marketing is no longer among the account's dedicated IPs");
  await account.record("marketing");
});

test.each([
  [
    "under review",
    { enforcementStatus: "PROBATION" },
    { enforcementStatus: "HEALTHY" },
    /is PROBATION, expected HEALTHY/,
  ],
  ["almost out of quota", { max24HourSend: 0.5 }, { max24HourSend: -1 }, /quota of 0.5 recipients in 24 hours/],
] as const)("an account %s stops growth everywhere until it is well", async (_what, bad, good, says) => {
  // One message, so that something of the quota is used.
  const { system } = account.running;
  system.mail.account.max24HourSend = -1;
  await account.mail.send(
    new SendEmailCommand({
      FromEmailAddress: "shop@example.com",
      ConfigurationSetName: "shared",
      Destination: { ToAddresses: ["anyone@gmail.com"] },
      Content: { Simple: { Subject: { Data: "Hello" }, Body: { Text: { Data: "Hello." } } } },
    }),
  );
  Object.assign(system.mail.account, bad);
  await account.check();
  for (const pool of pools.keys()) {
    expect(await account.holds(pool)).toMatchObject([
      { code: "account-unhealthy", sentence: expect.stringMatching(says) },
    ]);
  }
  expect(await account.repair("account-unhealthy")).toMatchObject({ kind: "for-a-person" });
  Object.assign(system.mail.account, good);
  await account.check();
  for (const pool of pools.keys()) expect(await account.holds(pool)).toEqual([]);
});

test("an account whose bounces are certainly above 5 % stops growth everywhere (guide row 9)", async () => {
  const day = utcDay(account.ports.clock.nowMs());
  const counts = { accepted: 1_000, bounced: 80 };
  const mail = { pool: "marketing", route: "shared", provider: "gmail", day } as const;
  await keepCounts(account.outcomes, mail, counts);
  await account.check();
  for (const pool of pools.keys()) {
    expect(await account.holds(pool)).toMatchObject([
      { code: "account-rates", sentence: expect.stringContaining("80 hard bounces") },
    ]);
  }
  const more = { accepted: 2_000, bounced: 0 };
  await keepCounts(account.outcomes, mail, more);
  await account.check();
  for (const pool of pools.keys()) expect(await account.holds(pool)).toEqual([]);
});

test("mail that left by a foreign IP holds its pool until it is repaired", async () => {
  const settings = { pools: [...pools.keys()], allowed: allowedIps([...pools.values()]) };
  await account.point("transactional-warming", "marketing-warming");
  await holdOutgoing(account.ports, settings, [{ configurationSet: "transactional-warming", ip: newsIp }]);
  await account.check();
  const codes = (await account.holds("transactional")).map(({ code }) => code).toSorted();
  expect(codes).toEqual(["foreign-outgoing-ip", "set-repointed"]);
  await account.repair("foreign-outgoing-ip", "transactional");
  await account.check();
  expect(await account.holds("transactional")).toEqual([]);
});

test("the function makes only calls that its role allows", () => {
  const { system, calls } = account.running;
  const resolve = resolverFor(system.template, (name) => `http://queue/${name}`);
  const id = system.name("AWS::Lambda::Function", "Guard");
  const own = new Map(
    calls.filter(({ caller }) => caller === id).map((call) => [`${call.action} ${call.resource}`, call]),
  );
  expect([...own.keys()].filter((name) => name.startsWith("ses:"))).toHaveLength(5);
  for (const [name, call] of own) expect(allowedBy(system.template, id, call, resolve), name).toBe(true);
});
