import { describe, expect, test } from "vitest";
import { makeHandler } from "../../functions/guard/handler.ts";
import { holdOutgoing } from "../../shared/app/guard/hold-outgoing.ts";
import type { OutcomeCounts } from "../../shared/domain/feedback/outcome-counts.ts";
import type { FindingCode } from "../../shared/domain/guard/finding.ts";
import { allowedIps, foreignOutgoingIp } from "../../shared/domain/guard/outgoing-ip.ts";
import { dayMs, utcDay } from "../../shared/domain/utc-day.ts";
import { noonMs, today } from "../support/builders.ts";
import { down } from "../support/dispatcher.ts";
import { GuardedSystem, newsIp, shopIp } from "../support/guarded.ts";
import { aContext } from "../support/lambda.ts";

interface Case {
  readonly what: string;
  readonly code: FindingCode;
  /** Pools that are held. */
  readonly held: readonly string[];
  /** What the sentence says: the value seen, the value expected, the command. */
  readonly says: readonly string[];
  readonly change: (system: GuardedSystem) => void;
  /** Changes that put it right. */
  readonly repairs: readonly string[];
}

const destinationsOf = (system: GuardedSystem, set: string) => system.settings.sets.get(set)!;

const cases: readonly Case[] = [
  {
    what: "SES's automatic warm-up is switched on",
    code: "auto-warm-up-on",
    held: ["news", "shop"],
    says: ["automatic warm-up is on", "expected off", "ses-warmup repair auto-warm-up-on"],
    change: ({ settings }) => {
      settings.seenAccount = { ...settings.seenAccount, autoWarmup: true };
    },
    repairs: ["automatic warm-up off"],
  },
  {
    what: "an IP's percentage is edited",
    code: "percentage-edited",
    held: ["news"],
    says: [newsIp, "40 %", "expected 100 %", "ses-warmup repair percentage-edited --pool news"],
    change: ({ settings }) => settings.percentages.set(newsIp, 40),
    repairs: [`${newsIp} at 100 %`],
  },
  {
    what: "an IP is moved back among those that warm up",
    code: "ip-moved",
    held: ["shop"],
    says: [shopIp, "lies in SES pool shop-warming", "expected in shop-established"],
    change: ({ ips }) => ips.put(shopIp, "shop-warming"),
    repairs: [],
  },
  {
    what: "an IP is moved out of its pool",
    code: "ip-moved",
    held: ["news"],
    says: [newsIp, "lies in SES pool ses-default-dedicated-pool", "expected in news-warming"],
    change: ({ ips }) => ips.put(newsIp, "ses-default-dedicated-pool"),
    repairs: [],
  },
  {
    what: "an IP is released",
    code: "ip-released",
    held: ["news"],
    says: [newsIp, "no longer among the account's dedicated IPs", "expected in SES pool news-warming"],
    change: ({ ips }) => ips.listed.delete(newsIp),
    repairs: [],
  },
  {
    what: "a new IP arrives complete in a pool of ours",
    code: "ip-complete-on-arrival",
    held: ["shop"],
    says: ["192.0.2.9", "arrived complete (100 %)", "warm up from day one"],
    change: ({ ips, pools }) => {
      pools.set("shop", { name: "shop", ips: [shopIp, "192.0.2.9"] });
      ips.put("192.0.2.9", "shop-established");
    },
    repairs: [],
  },
  {
    what: "an IP of nobody's lies in a pool of ours",
    code: "foreign-ip",
    held: ["news"],
    says: ["192.0.2.77", "news-warming", `only ${newsIp}`],
    change: ({ ips }) => ips.put("192.0.2.77", "news-warming"),
    repairs: [],
  },
  {
    what: "a set names a managed pool",
    code: "managed-pool",
    held: ["news"],
    says: ["SES pool theirs", "news-warming", "is managed", "refused"],
    change: ({ settings }) => {
      settings.sesPools.set("theirs", "managed");
      settings.sets.get("news-warming")!.sesPool = "theirs";
    },
    repairs: ["news-warming -> news-warming"],
  },
  {
    what: "a set is pointed at another SES pool",
    code: "set-repointed",
    held: ["news"],
    says: ["news-established names SES pool shop-established", "expected news-established"],
    change: ({ settings }) => {
      settings.sets.get("news-established")!.sesPool = "shop-established";
    },
    repairs: ["news-established -> news-established"],
  },
  {
    what: "the shared set names no pool any more",
    code: "set-repointed",
    held: ["news", "shop"],
    says: ["shared names no SES pool", "expected ses-shared-pool"],
    change: ({ settings }) => {
      settings.sets.get("shared")!.sesPool = undefined;
    },
    repairs: ["shared -> ses-shared-pool"],
  },
  {
    what: "a set is deleted",
    code: "set-deleted",
    held: ["shop"],
    says: ["Configuration set shop-warming does not exist", "expected one that names SES pool shop-warming"],
    change: ({ settings }) => settings.sets.delete("shop-warming"),
    repairs: [
      "new shop-warming -> shop-warming (14400 s)",
      "shop-warming-feedback publishes",
      "shop-warming-proof publishes",
    ],
  },
  {
    what: "an event destination is removed",
    code: "event-destination-removed",
    held: ["news"],
    says: ["news-warming-feedback does not exist", "expected it to publish DELIVERY, BOUNCE"],
    change: (system) => {
      destinationsOf(system, "news-warming").destinations.shift();
    },
    repairs: ["news-warming-feedback publishes"],
  },
  {
    what: "an event destination is disabled",
    code: "event-destination-removed",
    held: ["news", "shop"],
    says: ["shared-proof is disabled"],
    change: (system) => {
      const set = destinationsOf(system, "shared");
      set.destinations = set.destinations.map((each) => ({ ...each, enabled: !each.name.endsWith("-proof") }));
    },
    repairs: ["shared-proof publishes"],
  },
  {
    what: "an event destination lacks a type",
    code: "event-destination-removed",
    held: ["shop"],
    says: ["shop-established-feedback lacks COMPLAINT"],
    change: (system) => {
      const set = destinationsOf(system, "shop-established");
      const types = (all: readonly string[]) => all.filter((type) => type !== "COMPLAINT");
      set.destinations = set.destinations.map((each) => ({ ...each, types: types(each.types) }));
    },
    repairs: ["shop-established-feedback publishes"],
  },
  {
    what: "an event destination publishes elsewhere",
    code: "event-destination-removed",
    held: ["shop"],
    says: ["shop-established-proof publishes to arn:elsewhere"],
    change: (system) => {
      const set = destinationsOf(system, "shop-established");
      set.destinations = set.destinations.map((each) =>
        each.name.endsWith("-proof") ? { ...each, topic: "arn:elsewhere" } : each,
      );
    },
    repairs: ["shop-established-proof publishes"],
  },
];

test("nothing is found when all is well, and nothing is written", async () => {
  const system = new GuardedSystem();
  expect(await system.check()).toEqual([]);
  expect(system.lifeCycles.writes).toBe(0);
  expect(system.audit.entries).toEqual([]);
  expect(system.log.lines.map(({ code }) => code)).toEqual(["GUARD_CHECKED"]);
});

describe.each(cases)("$what", ({ code, held, says, change, repairs }) => {
  test("is found by one check and named in words; the growth of its pools is held", async () => {
    const system = new GuardedSystem();
    change(system);
    await system.check();
    for (const pool of ["news", "shop"]) {
      const hold = (await system.holds(pool)).find((each) => each.code === code);
      expect(hold !== undefined, pool).toBe(held.includes(pool));
      if (hold === undefined) continue;
      for (const words of says) expect(hold.sentence).toContain(words);
      expect(hold.sentence).toMatch(new RegExp(`Repair: .*ses-warmup repair ${code}`));
      expect(hold.since).toBe(today);
    }
  });

  test("checked again it changes nothing", async () => {
    const system = new GuardedSystem();
    change(system);
    await system.check();
    const before = await system.holds(held[0]!);
    const { writes } = system.lifeCycles;
    system.clock.advance(dayMs);
    await system.check();
    expect(await system.holds(held[0]!)).toEqual(before);
    expect(system.lifeCycles.writes).toBe(writes);
    expect(system.audit.entries.filter(({ action }) => action === "guard-hold")).toHaveLength(held.length);
  });

  test("one command puts it right and lifts the hold", async () => {
    const system = new GuardedSystem();
    change(system);
    await system.check();
    const { kind } = await system.repair(code, held.length > 1 ? undefined : held[0]!);
    expect(kind).toBe("repaired");
    expect(system.settings.changes).toEqual(repairs);
    expect(await system.check()).toEqual([]);
    expect(await system.codes(held[0]!)).toEqual([]);
    expect(await system.repair(code)).toMatchObject({ kind: "nothing-found" });
  });
});

test("an IP of one pool in another's is found in both, and put right from either", async () => {
  for (const [code, pool] of [
    ["ip-moved", "shop"],
    ["foreign-ip", "news"],
  ] as const) {
    const system = new GuardedSystem();
    system.ips.put(shopIp, "news-warming");
    await system.check();
    expect([await system.codes("news"), await system.codes("shop")]).toEqual([["foreign-ip"], ["ip-moved"]]);
    await system.repair(code, pool);
    expect(system.ips.listed.get(shopIp)?.sesPool).toBe("shop-established");
    expect(await system.check()).toEqual([]);
  }
});

test("an IP that arrived complete goes back to where new IPs arrive", async () => {
  const system = new GuardedSystem();
  system.change("news", { ips: [] });
  await system.check();
  expect(await system.codes("news")).toEqual(["ip-complete-on-arrival"]);
  await system.repair("ip-complete-on-arrival", "news");
  expect(system.ips.listed.get(newsIp)?.sesPool).toBe("ses-default-dedicated-pool");
  expect(await system.check()).toEqual([]);
});

test("what the deployment does itself is not found", async () => {
  const system = new GuardedSystem();
  // The first IPs of a pool, put in place before its warm-up is on record; then graduation, before it is on record.
  system.change("news", { phase: "idle", ips: [] });
  expect(await system.check()).toEqual([]);
  system.change("news", {
    phase: "established",
    ips: [{ ip: newsIp, sesPool: "news-warming", percentage: 100, since: today }],
  });
  expect(await system.check()).toEqual([]);
  system.ips.put(newsIp, "news-established");
  expect(await system.check()).toEqual([]);
  // An IP that is not leased yet.
  system.pools.set("shop", { name: "shop", ips: [shopIp, "192.0.2.50"] });
  expect(await system.check()).toEqual([]);
});

describe("the account", () => {
  test.each([
    ["PROBATION", { enforcement: "PROBATION" }, ["PROBATION", "expected HEALTHY", "aws sesv2 get-account"]],
    ["paused", { sendingEnabled: false }, ["Sending is disabled", "aws sesv2 put-account-sending-attributes"]],
    [
      "nearly out of quota",
      { sentLast24Hours: 9_001, max24HourSend: 10_000 },
      ["9001 of the account's quota of 10000", "at most 90 %", "--desired-value 20000"],
    ],
  ] as const)("%s stops growth everywhere", async (_what, changes, says) => {
    const system = new GuardedSystem();
    system.settings.seenAccount = { ...system.settings.seenAccount, ...changes };
    await system.check();
    for (const pool of ["news", "shop"]) {
      const [hold] = await system.holds(pool);
      expect(hold?.code).toBe("account-unhealthy");
      for (const words of says) expect(hold?.sentence).toContain(words);
    }
    const { kind, says: told } = await system.repair("account-unhealthy");
    expect(kind).toBe("for-a-person");
    expect(told).toContain(says.at(-1));
    expect(await system.codes("news")).toEqual(["account-unhealthy"]);
  });

  test("a quota that is used to nine tenths, or has no limit, is well", async () => {
    const system = new GuardedSystem();
    system.settings.seenAccount = { ...system.settings.seenAccount, sentLast24Hours: 9_000, max24HourSend: 10_000 };
    expect(await system.check()).toEqual([]);
    system.settings.seenAccount = { ...system.settings.seenAccount, max24HourSend: -1 };
    expect(await system.check()).toEqual([]);
  });

  const counted = async (counts: Partial<OutcomeCounts>, daysAgo = 0, pool = "news") => {
    const system = new GuardedSystem();
    const day = utcDay(noonMs - daysAgo * dayMs);
    await system.outcomes.add({ pool, route: "shared", provider: "gmail", day }, counts);
    return { system, found: await system.check() };
  };

  test.each([
    ["hard bounces at 5 %", { accepted: 1_000, bounced: 50 }, "hold", "50 hard bounces among 1000"],
    ["hard bounces at half of that", { accepted: 1_000, bounced: 25 }, "warn", "2.5 %"],
    ["complaints at 0.1 %", { accepted: 2_000, complained: 2 }, "hold", "reviews an account at 0.1 %"],
    ["complaints at half of that", { accepted: 2_000, complained: 1 }, "warn", "0.05 %"],
  ] as const)("%s", async (_what, counts, severity, words) => {
    const { system, found } = await counted(counts);
    expect(found).toMatchObject([{ code: "account-rates", pool: "*", severity }]);
    expect(found[0]?.sentence).toContain(words);
    expect(await system.codes("shop")).toEqual(severity === "hold" ? ["account-rates"] : []);
    expect(system.log.of(severity === "hold" ? "GUARD_HOLD" : "GUARD_WARNED")).toHaveLength(2);
  });

  test("too little mail, or mail of longer ago, says nothing of its rates", async () => {
    expect((await counted({ accepted: 999, bounced: 500 })).found).toEqual([]);
    expect((await counted({ accepted: 1_000, bounced: 500 }, 7)).found).toEqual([]);
    expect((await counted({ accepted: 1_000, bounced: 500 }, 6)).found).toHaveLength(1);
  });

  test("mail of streams without a pool counts too", async () => {
    expect((await counted({ accepted: 1_000, bounced: 50 }, 0, "shared")).found).toHaveLength(1);
  });
});

describe("what a person must do", () => {
  test.each([
    [
      "a pool of ours became managed",
      "managed-pool" as const,
      (system: GuardedSystem) => system.settings.sesPools.set("news-warming", "managed"),
      "aws sesv2 delete-dedicated-ip-pool --pool-name news-warming && aws sesv2 create-dedicated-ip-pool",
    ],
    [
      "a pool of ours is gone",
      "ses-pool-deleted" as const,
      (system: GuardedSystem) => system.settings.sesPools.delete("news-established"),
      "aws sesv2 create-dedicated-ip-pool --pool-name news-established --scaling-mode STANDARD",
    ],
    [
      "no event destination is left",
      "event-destination-removed" as const,
      (system: GuardedSystem) => {
        for (const set of system.settings.sets.values()) set.destinations = [];
      },
      "aws sesv2 create-configuration-set-event-destination --configuration-set-name news-warming",
    ],
  ])("%s: the command is told", async (_what, code, change, command) => {
    const system = new GuardedSystem();
    change(system);
    await system.check();
    expect((await system.holds("news")).find((hold) => hold.code === code)?.sentence).toContain(command);
    const { kind, says } = await system.repair(code, "news");
    expect(kind).toBe("for-a-person");
    expect(says).toContain(command);
  });

  test("a set whose sending somebody disabled is told and holds nothing", async () => {
    const system = new GuardedSystem();
    system.settings.sets.get("news-warming")!.sendingEnabled = false;
    expect(await system.check()).toMatchObject([{ code: "set-paused", severity: "warn" }]);
    expect(await system.codes("news")).toEqual([]);
  });
});

describe("a check", () => {
  test("finds the rest when one thing cannot be read, leaves its holds, and says that it failed", async () => {
    const system = new GuardedSystem();
    system.settings.seenAccount = { ...system.settings.seenAccount, autoWarmup: true };
    await system.check();
    system.settings.account = down;
    system.settings.percentages.set(newsIp, 40);
    await expect(system.check()).rejects.toThrow("1 parts of the guard's check failed");
    expect(await system.codes("news")).toEqual(["auto-warm-up-on", "percentage-edited"]);
    expect(system.log.of("GUARD_NOT_READ")).toMatchObject([{ fields: { source: "account" } }]);
  });

  test("writes to a pool although another's life cycle is out of reach", async () => {
    const system = new GuardedSystem();
    system.settings.seenAccount = { ...system.settings.seenAccount, autoWarmup: true };
    const write = system.lifeCycles.write.bind(system.lifeCycles);
    system.lifeCycles.write = (changed) => (changed.pool === "news" ? down() : write(changed));
    await expect(system.check()).rejects.toThrow();
    expect([await system.codes("news"), await system.codes("shop")]).toEqual([[], ["auto-warm-up-on"]]);
  });

  test("reads again what somebody else changed meanwhile, and loses nothing of it", async () => {
    const system = new GuardedSystem();
    system.settings.percentages.set(newsIp, 40);
    system.lifeCycles.conflicts = 2;
    await system.check();
    expect(await system.lifeCycles.read("news")).toMatchObject({
      paused: true,
      holds: [{ code: "percentage-edited" }],
    });
    system.settings.percentages.set(newsIp, 30);
    system.lifeCycles.conflicts = 3;
    await expect(system.check()).rejects.toThrow();
  });

  test("keeps a hold's first day while its words change, and clears what is gone", async () => {
    const system = new GuardedSystem();
    system.settings.percentages.set(newsIp, 40);
    await system.check();
    system.clock.advance(dayMs);
    system.settings.percentages.set(newsIp, 50);
    await system.check();
    expect(await system.holds("news")).toMatchObject([{ since: today, sentence: expect.stringContaining("50 %") }]);
    system.settings.percentages.set(newsIp, 100);
    await system.check();
    expect(await system.holds("news")).toEqual([]);
    expect(system.audit.entries.map(({ action }) => action)).toEqual(["guard-hold", "guard-cleared"]);
    expect(system.log.of("GUARD_CLEARED")).toHaveLength(1);
  });

  test("names everything of one kind in one hold", async () => {
    const system = new GuardedSystem();
    system.pools.set("news", { name: "news", ips: [newsIp, "192.0.2.8"] });
    const known = { sesPool: "news-warming", percentage: 100, since: today };
    system.change("news", {
      ips: [
        { ip: newsIp, ...known },
        { ip: "192.0.2.8", ...known },
      ],
    });
    system.ips.put("192.0.2.8", "news-warming");
    system.settings.percentages.set(newsIp, 10);
    system.settings.percentages.set("192.0.2.8", 20);
    await system.check();
    const [hold, ...others] = await system.holds("news");
    expect(others).toEqual([]);
    expect(hold?.sentence).toMatch(/10 %.*20 %.*Repair: ses-warmup repair percentage-edited --pool news$/);
    await system.repair("percentage-edited", "news");
    expect(await system.holds("news")).toEqual([]);
  });

  test("tells of a pool that is warmed by hand, and holds nothing there", async () => {
    const system = new GuardedSystem();
    system.settings.percentages.set(newsIp, 40);
    await system.check();
    system.change("news", { disabled: true });
    expect(await system.check()).toMatchObject([{ code: "percentage-edited" }]);
    expect(await system.holds("news")).toEqual([]);
    expect(system.log.of("GUARD_WARNED")).toMatchObject([{ fields: { pool: "news", finding: "percentage-edited" } }]);
  });

  test("is what the function runs", async () => {
    const system = new GuardedSystem();
    system.settings.percentages.set(newsIp, 40);
    await makeHandler({ ports: system.ports, pools: system.pools })(undefined, aContext);
    expect(await system.codes("news")).toEqual(["percentage-edited"]);
  });
});

describe("a repair", () => {
  test("touches its own pool and code only", async () => {
    const system = new GuardedSystem();
    system.settings.percentages.set(newsIp, 40);
    system.settings.percentages.set(shopIp, 40);
    system.settings.seenAccount = { ...system.settings.seenAccount, autoWarmup: true };
    await system.check();
    await system.repair("percentage-edited", "news");
    expect(system.settings.changes).toEqual([`${newsIp} at 100 %`]);
    expect(await system.codes("news")).toEqual(["auto-warm-up-on"]);
    expect(await system.codes("shop")).toEqual(["auto-warm-up-on", "percentage-edited"]);
  });

  test("is on record with who asked", async () => {
    const system = new GuardedSystem();
    system.settings.percentages.set(newsIp, 40);
    await system.repair("percentage-edited", "news");
    expect(system.audit.entries).toMatchObject([
      { by: "operator", pool: "news", action: "guard-repaired", says: expect.stringContaining("40 %") },
    ]);
  });

  test("changes nothing when SES cannot be read", async () => {
    const system = new GuardedSystem();
    system.settings.percentages.set(newsIp, 40);
    system.ips.list = down;
    await expect(system.repair("percentage-edited", "news")).rejects.toThrow("could not be read");
    expect(system.settings.changes).toEqual([]);
  });

  test("of a released IP takes it out of our record", async () => {
    const system = new GuardedSystem();
    system.ips.listed.delete(newsIp);
    await system.repair("ip-released", "news");
    expect((await system.lifeCycles.read("news")).ips).toEqual([]);
  });
});

describe("the IP that mail was seen to leave by", () => {
  const allowed = allowedIps([
    { name: "news", ips: [newsIp] },
    { name: "shop", ips: [shopIp] },
  ]);
  const leaves = (configurationSet: string, ip: string) => foreignOutgoingIp(allowed, { configurationSet, ip });

  test("belongs to its configuration set", () => {
    expect(leaves("news-warming", newsIp)).toBeUndefined();
    expect(leaves("shared", "198.51.100.7")).toBeUndefined();
    expect(leaves("of-another-application", shopIp)).toBeUndefined();
  });

  test.each([
    ["news-warming", shopIp, "news", `expected one of ${newsIp}`],
    ["news-established", "198.51.100.7", "news", `left by IP 198.51.100.7`],
    ["shared", newsIp, "*", "expected SES's shared IPs"],
  ])("%s by %s does not belong", (set, ip, pool, words) => {
    const found = leaves(set, ip);
    expect(found).toMatchObject({ code: "foreign-outgoing-ip", pool, severity: "hold" });
    expect(found?.sentence).toContain(words);
  });

  test("holds its pool at once and until it is repaired, whatever the checks in between find", async () => {
    const system = new GuardedSystem();
    const settings = { pools: [...system.pools.keys()], allowed };
    const seen = { configurationSet: "news-warming", ip: shopIp };
    system.settings.sets.get("news-warming")!.sesPool = "shop-established";
    expect(await holdOutgoing(system.ports, settings, [seen, seen])).toBe(1);
    await system.check();
    expect(await system.codes("news")).toEqual(["foreign-outgoing-ip", "set-repointed"]);
    expect(await system.codes("shop")).toEqual([]);
    expect(await system.repair("foreign-outgoing-ip", "news")).toMatchObject({ kind: "repaired" });
    expect(system.settings.changes).toEqual(["news-warming -> news-warming"]);
    expect(await system.codes("news")).toEqual([]);
    expect(await system.repair("foreign-outgoing-ip")).toMatchObject({ kind: "nothing-found" });
  });

  test("costs nothing when it belongs", async () => {
    const system = new GuardedSystem();
    system.lifeCycles.read = down;
    const settings = { pools: [...system.pools.keys()], allowed };
    expect(await holdOutgoing(system.ports, settings, [{ configurationSet: "news-warming", ip: newsIp }])).toBe(0);
  });
});

describe("the account's sending rate", () => {
  test("is kept for the dispatcher with every check", async () => {
    const system = new GuardedSystem();
    await system.check();
    expect(system.rates.known?.perSecond).toBe(14);
    system.settings.seenAccount = { ...system.settings.seenAccount, maxSendRate: 200 };
    await system.check();
    expect(system.rates.known?.perSecond).toBe(200);
  });

  test("stays as it was when SES does not say one", async () => {
    const system = new GuardedSystem();
    await system.check();
    system.settings.seenAccount = { ...system.settings.seenAccount, maxSendRate: 0 };
    await system.check();
    expect(system.rates.known?.perSecond).toBe(14);
  });

  test("that cannot be kept fails the check, and the rest of it is done", async () => {
    const system = new GuardedSystem();
    system.rates.tell = down;
    system.settings.percentages.set(newsIp, 40);
    await expect(system.check()).rejects.toThrow("1 parts");
    expect(system.log.of("SEND_RATE_NOT_KEPT")).toHaveLength(1);
    expect(await system.codes("news")).toEqual(["percentage-edited"]);
  });
});
