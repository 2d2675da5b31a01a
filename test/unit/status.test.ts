import { describe, expect, test } from "vitest";
import { readStatus } from "../../shared/app/status/read-status.ts";
import { aStream, noonMs, today } from "../support/builders.ts";
import { aSetAside } from "../support/set-aside.ts";
import { aDeployment, settings } from "../support/status.ts";

describe("readStatus", () => {
  test("splits today by route: what is used of allowances, and what SES accepted on shared IPs", async () => {
    const { ports, allow, count } = aDeployment();
    allow({ provider: "gmail", limit: 100, used: 60 });
    allow({ provider: "yahoo", limit: 100, used: 5 });
    allow({ provider: "gmail", limit: 900, used: 200, route: "established" });
    count({ route: "shared" }, { accepted: 40 });
    count({ route: "shared", provider: "yahoo" }, { accepted: 2 });
    count({ route: "warming" }, { accepted: 58 });
    const { day, pools } = await readStatus(ports, settings);
    expect(day).toBe(today);
    expect(pools[0]?.byRoute).toEqual({ warming: 65, established: 200, shared: 42 });
  });

  test("lists today's allowances with outcomes of their own route and the reason, the most used first", async () => {
    const { ports, allow, count } = aDeployment();
    allow({ provider: "yahoo", limit: 100, used: 5 });
    allow({ provider: "apple", limit: 100, used: 5 });
    allow({ provider: "gmail", limit: 100, used: 60 });
    allow({ provider: "gmail", limit: 100, used: 60, route: "established" });
    count({}, { deferred: 3, blocked: 2, bounced: 1, complained: 4 });
    count({ route: "shared" }, { deferred: 99 });
    const { pools } = await readStatus(ports, settings);
    const listed = pools[0]?.allowances ?? [];
    expect(listed.map(({ provider, route }) => `${provider} ${route}`)).toEqual([
      "gmail warming",
      "gmail established",
      "apple warming",
      "yahoo warming",
    ]);
    expect(listed[0]).toEqual({
      provider: "gmail",
      route: "warming",
      allowance: 100,
      used: 60,
      deferred: 3,
      blocked: 2,
      bounced: 1,
      complained: 4,
      rule: "grow",
      why: "one step at gmail",
    });
    expect(listed[1]).toMatchObject({ deferred: 0, blocked: 0, bounced: 0, complained: 0 });
  });

  test("shows a brake while it is in force", async () => {
    const { ports, allow, brakes } = aDeployment();
    const over = {
      step: "stop",
      rule: "listed",
      level: 1,
      trickles: false,
      sinceMs: noonMs - 2,
      untilMs: noonMs,
      why: "",
    } as const;
    const inForce = { ...over, untilMs: noonMs + 1 };
    for (const provider of ["gmail", "yahoo"]) allow({ provider, limit: 100, used: 60 });
    await brakes.keep({ pool: "news", route: "warming", provider: "gmail" }, inForce);
    await brakes.keep({ pool: "news", route: "warming", provider: "yahoo" }, over);
    const { pools } = await readStatus(ports, settings);
    expect(pools[0]?.allowances.map(({ provider, brake }) => [provider, brake])).toEqual([
      ["gmail", inForce],
      ["yahoo", undefined],
    ]);
  });

  test("leaves out a decision whose allowance is not open yet", async () => {
    const { ports, decide } = aDeployment();
    decide({ provider: "gmail", limit: 100, used: 0 });
    const { pools } = await readStatus(ports, settings);
    expect(pools[0]?.allowances).toEqual([]);
  });

  test("tells the history of warming IPs over the providers that had any use, without days of no use", async () => {
    const { ports, allow } = aDeployment();
    allow({ provider: "gmail", limit: 50, used: 50, day: "2026-09-03" }); // the 61st day back
    allow({ provider: "gmail", limit: 50, used: 50, day: "2026-09-04" });
    allow({ provider: "gmail", limit: 60, used: 0, day: "2026-10-30" });
    allow({ provider: "gmail", limit: 70, used: 40, day: "2026-11-01" });
    allow({ provider: "yahoo", limit: 30, used: 10, day: "2026-11-01" });
    allow({ provider: "apple", limit: 500, used: 0, day: "2026-11-01" });
    allow({ provider: "gmail", limit: 500, used: 300, day: "2026-11-01", route: "established" });
    const { pools } = await readStatus(ports, settings);
    expect(pools[0]?.history).toEqual([
      { day: "2026-09-04", allowance: 50, used: 50 },
      { day: "2026-11-01", allowance: 100, used: 50 },
    ]);
  });

  test("reads closed days once, today and yesterday again each time", async () => {
    const { ports, allow, asked } = aDeployment();
    allow({ provider: "gmail", limit: 50, used: 50, day: "2026-10-20" });
    const kept = { ...ports, closedDays: new Map() };
    const { pools: first } = await readStatus(kept, settings);
    allow({ provider: "gmail", limit: 70, used: 40, day: "2026-11-01" });
    asked.length = 0;
    const { pools: second } = await readStatus(kept, settings);
    expect(first[0]?.history).toHaveLength(1);
    expect(second[0]?.history.map(({ day }) => day)).toEqual(["2026-10-20", "2026-11-01"]);
    expect(asked.every(({ from }) => from >= "2026-11-01")).toBe(true);
  });

  test("lists every stream with its pool and the wall it is behind", async () => {
    const { ports, walls } = aDeployment();
    walls.raise("no-overflow", { stream: "alerts", pool: "shared", sinceMs: 5 });
    const { streams } = await readStatus(ports, settings);
    const wall = { level: "no-overflow", cause: "bounces", why: "too many bounces", sinceMs: 5 };
    expect(streams).toEqual([
      { stream: "news", pool: "news" },
      { stream: "alerts", pool: "shared", wall },
    ]);
  });

  test("lists every pool that a stream's rules may give its mail (guide row 10)", async () => {
    const poolRules = [
      { when: { providers: new Set(["gmail"]) }, pool: "shop" },
      { when: { providers: new Set(["other"]) }, pool: undefined },
    ];
    const { streams } = await readStatus(aDeployment().ports, {
      ...settings,
      streams: new Map([["news", aStream({ poolRules })]]),
    });
    expect(streams).toEqual([{ stream: "news", pool: "news", pools: ["news", "shop", "shared"] }]);
  });

  test("shows what the random samples of a pool tell, by provider", async () => {
    const { ports, evidence } = aDeployment();
    const share = { hits: 1, total: 200, low: 0, high: 0.02 };
    const found = { verdict: "no-difference-seen", trial: share, control: share, why: "alike" } as const;
    await evidence.keep("news", { provider: "gmail", evidence: found });
    const { pools } = await readStatus(ports, settings);
    expect(pools[0]?.reference).toEqual([{ provider: "gmail", ...found }]);
  });

  test("adds up held mail of every pool and of mail without one, and shows queues and shared mail as they are", async () => {
    const { ports, held, count } = aDeployment();
    held.set("news", 3).set("shared", 4).set("gone", 100);
    count({ pool: "shared", route: "shared" }, { accepted: 9 });
    const status = await readStatus(ports, settings);
    expect(status.held).toBe(7);
    expect(status.shared).toEqual({ accepted: 9 });
    expect(status.queues.send.visible).toBe(7);
    expect(JSON.parse(JSON.stringify(status))).toEqual(status);
  });

  test("counts what is listed as set aside, and what is still on its way to the list", async () => {
    const { ports, setAside } = aDeployment();
    await setAside.add(aSetAside(), "{}");
    await setAside.add(aSetAside({ place: "dead-letters", name: "1" }), "{}");
    await setAside.add(aSetAside({ place: "dead-letters", name: "2", keptUntilMs: noonMs }), "{}");
    const { queues } = await readStatus(ports, settings);
    const coming = { visible: 1, inFlight: 2, delayed: 0 };
    const read = async () => ({ ...queues, quarantine: coming, deadLetters: coming });
    expect(await readStatus({ ...ports, queues: { read } }, settings)).toMatchObject({
      quarantined: 1 + 3,
      deadLetters: 1 + 3,
    });
  });
});
