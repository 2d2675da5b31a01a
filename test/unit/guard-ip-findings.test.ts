import { expect, test } from "vitest";
import { today } from "../support/builders.ts";
import { testFindings } from "../support/guard-findings.ts";
import { GuardedSystem, newsIp, shopIp } from "../support/guarded.ts";

testFindings([
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
]);

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
