import { describe, expect, test } from "vitest";
import { holdOutgoing } from "../../shared/app/guard/hold-outgoing.ts";
import { allowedIps, foreignOutgoingIp } from "../../shared/domain/guard/outgoing-ip.ts";
import { down } from "../support/dispatcher.ts";
import { GuardedSystem, newsIp, shopIp } from "../support/guarded.ts";

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
    expect(system.audit.entries).toContainEqual(expect.objectContaining({ by: "operator", action: "guard-lifted" }));
    expect(await system.repair("foreign-outgoing-ip")).toMatchObject({ kind: "nothing-found" });
  });

  test("costs nothing when it belongs", async () => {
    const system = new GuardedSystem();
    system.lifeCycles.read = down;
    const settings = { pools: [...system.pools.keys()], allowed };
    expect(await holdOutgoing(system.ports, settings, [{ configurationSet: "news-warming", ip: newsIp }])).toBe(0);
  });
});
