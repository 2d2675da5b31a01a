import { describe, expect, test } from "vitest";
import { makeHandler } from "../../functions/guard/handler.ts";
import { dayMs } from "../../shared/domain/utc-day.ts";
import { today } from "../support/builders.ts";
import { down } from "../support/dispatcher.ts";
import { GuardedSystem, newsIp } from "../support/guarded.ts";
import { aContext } from "../support/lambda.ts";

test("nothing is found when all is well, and nothing is written", async () => {
  const system = new GuardedSystem();
  expect(await system.check()).toEqual([]);
  expect(system.lifeCycles.writes).toBe(0);
  expect(system.audit.entries).toEqual([]);
  expect(system.log.lines.map(({ code }) => code)).toEqual(["GUARD_CHECKED"]);
});

test("a hold is told to other systems when it begins and when it ends, and not with every check", async () => {
  const system = new GuardedSystem();
  system.settings.percentages.set(newsIp, 40);
  await system.check();
  await system.check();
  const [begun, ...more] = system.events.published;
  expect(begun).toMatchObject({
    type: "Guard Hold Started",
    pool: "news",
    detail: { finding: "percentage-edited", since: today, sentence: expect.stringContaining("40 %") },
  });
  expect(more).toEqual([]);
  system.settings.percentages.set(newsIp, 100);
  await system.check();
  expect(system.events.published.slice(1)).toEqual([
    { type: "Guard Hold Ended", pool: "news", detail: { finding: "percentage-edited", since: today } },
  ]);
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
