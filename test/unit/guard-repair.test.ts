import { describe, expect, test } from "vitest";
import { down } from "../support/dispatcher.ts";
import { GuardedSystem, newsIp, shopIp } from "../support/guarded.ts";

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
