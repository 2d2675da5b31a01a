import { describe, expect, test } from "vitest";
import localConfiguration from "../../infra/local/warm-up.config.ts";
import shippedConfiguration from "../../infra/warm-up.config.ts";
import type { ConfigurationInput } from "../../shared/contracts/configuration.ts";
import { parseConfiguration, poolsOf, streamsOf } from "../../shared/contracts/parse-configuration.ts";
import { planPresets } from "../../shared/domain/warm-up/plan-presets.ts";
import { minuteMs } from "../support/builders.ts";
import { errorOf, written } from "../support/configuration.ts";

const ownPlan = { startPerIp: 10, growthPerDay: 1.5, targetPerIp: 100 };

describe("a configuration that fits", () => {
  test.each([
    ["the shipped one", shippedConfiguration],
    ["the local one", localConfiguration],
    ["one with everything left out", written()],
    ["one with a plan of its own", written({ plans: { mine: ownPlan }, pools: { news: { plan: "mine" } } })],
    [
      "one with pool rules",
      written({
        streams: { letter: { poolRules: [{ when: { recipientDomains: ["Example.ORG"] }, pool: "news" }] } },
      }),
    ],
    ["one with provider domains", written({ mailboxProviders: { gmail: ["Example.NET"] } })],
  ])("%s parses to the same when it is parsed again", (_, configuration) => {
    const once = parseConfiguration(configuration);
    expect(parseConfiguration(structuredClone(once))).toEqual(once);
    expect(parseConfiguration(JSON.parse(JSON.stringify(once)))).toEqual(once);
  });

  test("fills in defaults", () => {
    const { name, streams, pools } = parseConfiguration(written());
    expect(name).toBe("ses-warmup");
    expect(pools.news).toEqual({ ips: ["192.0.2.1"], plan: "adaptive" });
    expect(streams.letter).toMatchObject({ sharedAllowed: true, whenFull: "overflow", onUnknown: "resend" });
    expect(streams.letter?.referenceShare).toBe(0.1);
  });

  test("names a preset, a plan of its own, or writes a plan out", () => {
    const plans = { mine: ownPlan };
    const pools = { a: { plan: "brisk" }, b: { plan: "mine" }, c: { plan: { ...ownPlan, startPerIp: 20 } } };
    const found = poolsOf(parseConfiguration(written({ plans, pools, streams: {} })));
    expect(found.get("a")?.plan).toEqual(planPresets.brisk);
    expect(found.get("b")?.plan.startPerIp).toBe(10);
    expect(found.get("c")?.plan.startPerIp).toBe(20);
  });

  test("gives a stream its pool rules, in order; `shared` is no pool (guide row 10)", () => {
    const poolRules = [
      { when: { from: ["Mail.example.com"], recipientDomains: ["Example.ORG"] }, pool: "news" },
      { when: { providers: ["gmail", "other"], tag: { name: "kind", values: ["digest"] } }, pool: "shared" },
    ];
    const found = streamsOf(
      parseConfiguration(written({ streams: { letter: { pool: "news", poolRules }, plain: {} } })),
    );
    expect(found.get("plain")?.poolRules).toEqual([]);
    expect(found.get("letter")?.poolRules).toEqual([
      { when: { from: ["Mail.example.com"], recipientDomains: new Set(["example.org"]) }, pool: "news" },
      {
        when: { providers: new Set(["gmail", "other"]), tag: { name: "kind", values: new Set(["digest"]) } },
        pool: undefined,
      },
    ]);
  });

  test("gives a stream its times in ms and the deployment's identities", () => {
    const streams = { letter: { longestHoldMinutes: 30, unknownWaitMinutes: 6 }, own: { identities: ["a.example"] } };
    const found = streamsOf(parseConfiguration(written({ identities: ["example.com", "a.example"], streams })));
    expect(found.get("letter")).toMatchObject({ longestHoldMs: 30 * minuteMs, unknownWaitMs: 6 * minuteMs });
    expect(found.get("letter")?.identities).toEqual(["example.com", "a.example"]);
    expect(found.get("own")?.identities).toEqual(["a.example"]);
  });
});

describe("parts that do not fit each other: path, value and what was expected", () => {
  test.each<[string, Partial<ConfigurationInput>, string]>([
    [
      "a stream of no pool",
      { streams: { letter: { pool: "nws" } } },
      'streams.letter.pool: "nws" is not a pool: expected one of news',
    ],
    [
      "overflow to no pool",
      { pools: { news: { overflowTo: "old" } } },
      'pools.news.overflowTo: "old" is not a pool: expected one of news',
    ],
    [
      "a pool of no plan",
      { pools: { news: { plan: "fast" } } },
      'pools.news.plan: "fast" is not a plan: expected one of adaptive, cautious, balanced, brisk',
    ],
    [
      "a reserved pool name",
      { pools: { news: {}, shared: {} } },
      'pools.shared: "shared" is reserved: expected a pool name other than shared',
    ],
    ["a pool named like a route", { pools: { news: {}, "a-warming": {} } }, 'pools.a-warming: "a-warming" is reserved'],
    [
      "a pool that overflows to itself",
      { pools: { news: { overflowTo: "news" } } },
      "overflow circle (news -> news): expected a chain that ends",
    ],
    [
      "an overflow circle",
      { pools: { news: { overflowTo: "b" }, b: { overflowTo: "news" } } },
      'pools.news.overflowTo: "b" makes an overflow circle (news -> b -> news): expected a chain that ends',
    ],
    [
      "an IP in two pools",
      { pools: { news: { ips: ["192.0.2.1"] }, b: { ips: ["192.0.2.9", "192.0.2.1"] } } },
      'pools.b.ips.1: "192.0.2.1" is already in pool news: expected each IP in one pool only',
    ],
    [
      "a stream without any IPs",
      { streams: { letter: { sharedAllowed: false } } },
      "streams.letter.sharedAllowed: false leaves this stream no IPs at all: expected a pool",
    ],
    [
      "a foreign identity",
      { streams: { letter: { identities: ["example.org"] } } },
      'streams.letter.identities: "example.org" is not among the deployment\'s identities: expected one of example.com',
    ],
    [
      "a plan that shrinks",
      { plans: { mine: { ...ownPlan, targetPerIp: 5 } } },
      "plans.mine.targetPerIp: 5 is below startPerIp: expected at least 10",
    ],
    [
      "a written-out plan that shrinks",
      { pools: { news: { plan: { ...ownPlan, targetPerIp: 5 } } } },
      "pools.news.plan.targetPerIp: 5 is below startPerIp: expected at least 10",
    ],
    [
      "a provider's plan that shrinks",
      { plans: { mine: { ...ownPlan, providers: { gmail: { targetPerIp: 5 } } } } },
      "plans.mine.providers.gmail.targetPerIp: 5 is below startPerIp: expected at least 10",
    ],
  ])("%s", (_, changes, line) => {
    expect(errorOf(written(changes))).toContain(line);
  });

  test("a stream that names an inherited property is a stream of no pool", () => {
    expect(errorOf(written({ streams: { letter: { pool: "constructor" } } }))).toContain("is not a pool");
  });
});

describe("single values that do not fit: path, value and what was expected", () => {
  test.each([
    ["an unknown key", { ...written(), pool: {} }, '(top level): unknown key "pool": remove or correct it'],
    ["no identity", written({ identities: [] }), "identities: [] expected at least one verified identity"],
    ["identities left out", { streams: {} }, "identities: (missing)"],
    [
      "a wrong IP",
      written({ pools: { news: { ips: ["192.0.2.300"] } } }),
      'pools.news.ips.0: "192.0.2.300" expected an IPv4 address',
    ],
    [
      "a jump in growth",
      written({ plans: { mine: { ...ownPlan, growthPerDay: 3 } } }),
      "plans.mine.growthPerDay: 3 expected a growth of at most 2",
    ],
    [
      "part of a recipient",
      written({ plans: { mine: { ...ownPlan, startPerIp: 1.5 } } }),
      "plans.mine.startPerIp: 1.5 expected a whole number",
    ],
    [
      "another word",
      written({ streams: { a: { whenFull: JSON.parse('"wait"') } } }),
      'streams.a.whenFull: "wait" expected "overflow" or "hold"',
    ],
    [
      "more than half of a stream in samples",
      written({ streams: { a: { referenceShare: 0.6 } } }),
      "streams.a.referenceShare: 0.6 expected at most 0.5",
    ],
    ["a pool's name in capitals", written({ pools: { News: {} } }), "expected a pool name of 1 to 40 characters"],
    [
      "a plan written out in part",
      written({ pools: { news: { plan: JSON.parse('{"startPerIp":10}') } } }),
      "pools.news.plan",
    ],
  ])("%s", (_, configuration, line) => {
    expect(errorOf(configuration)).toContain(line);
  });

  test("every error is listed, one a line", () => {
    const error = errorOf(written({ identities: [], streams: { a: { longestHoldMinutes: 0 } } }));
    expect(error.split("\n")).toHaveLength(3);
    expect(error).toMatch(/has 2 error/);
  });

  test("a long value is shortened", () => {
    const error = errorOf(written({ identities: ["x".repeat(500)] }));
    expect(error.length).toBeLessThan(300);
  });
});
