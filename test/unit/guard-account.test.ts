import { describe, expect, test } from "vitest";
import type { OutcomeCounts } from "../../shared/domain/feedback/outcome-counts.ts";
import { dayMs, utcDay } from "../../shared/domain/utc-day.ts";
import { noonMs } from "../support/builders.ts";
import { down } from "../support/dispatcher.ts";
import { testFindings } from "../support/guard-findings.ts";
import { GuardedSystem, newsIp } from "../support/guarded.ts";

testFindings([
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
]);

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
    ["hard bounces certainly above 5 %", { accepted: 1_000, bounced: 65 }, "hold", "65 hard bounces among 1000"],
    ["hard bounces at 5 %, as it may be by chance", { accepted: 1_000, bounced: 50 }, "warn", "SES reviews"],
    ["hard bounces at half of that", { accepted: 1_000, bounced: 25 }, "warn", "2.5 %"],
    ["complaints certainly above 0.1 %", { accepted: 2_000, complained: 7 }, "hold", "reviews an account at 0.1 %"],
    ["complaints at 0.1 %, as it may be by chance", { accepted: 2_000, complained: 2 }, "warn", "0.1 %"],
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
