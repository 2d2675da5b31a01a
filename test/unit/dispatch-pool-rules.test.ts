import { describe, expect, test } from "vitest";
import { armOf } from "../../shared/domain/feedback/arm.ts";
import type { PoolRule } from "../../shared/domain/routing/pool-rule.ts";
import type { Stream } from "../../shared/domain/routing/stream.ts";
import { allowanceAt, aPool, aRecord, aStream, minuteMs, noonMs, settingsFor } from "../support/builders.ts";
import { TestDispatcher } from "../support/dispatcher.ts";

const pools = [aPool(), aPool({ name: "shop", ips: ["192.0.2.2"] })];
const toShop = (when: PoolRule["when"]): PoolRule => ({ when, pool: "shop" });
const gmailToShop = toShop({ providers: new Set(["gmail"]) });
const otherToShared: PoolRule = { when: { providers: new Set(["other"]) }, pool: undefined };

/** A dispatcher with room on the warming IPs of `news` and `shop`, at gmail and yahoo. */
function withRules(poolRules: readonly PoolRule[], stream: Partial<Stream> = {}): TestDispatcher {
  const dispatcher = new TestDispatcher({ poolRules, ...stream }, pools);
  for (const pool of ["news", "shop"]) {
    for (const provider of ["gmail", "yahoo"]) dispatcher.allowances.grant(allowanceAt(provider, "warming", pool), 10);
  }
  return dispatcher;
}

const routesUsed = ({ sender }: TestDispatcher) => sender.calls.map(({ route }) => route.configurationSet);

async function routeOf(rule: PoolRule, message: Record<string, unknown>): Promise<string | undefined> {
  const dispatcher = withRules([rule]);
  await dispatcher.dispatch(aRecord(message));
  return routesUsed(dispatcher)[0];
}

describe("a stream's mail leaves by the pool of a rule (guide row 10)", () => {
  test.each<[string, PoolRule, Record<string, unknown>]>([
    [
      "for its sender",
      toShop({ from: ["offers.example.com"] }),
      { email: { FromEmailAddress: "Shop <Sales@Offers.Example.com>" } },
    ],
    ["for its recipient's provider", gmailToShop, { to: ["Ann <ann@GoogleMail.com>"] }],
    ["for its recipient's domain", toShop({ recipientDomains: new Set(["gmail.com"]) }), { to: ["ann@GMAIL.com"] }],
    [
      "for a tag of the application's",
      toShop({ tag: { name: "kind", values: new Set(["digest"]) } }),
      { email: { EmailTags: [{ Name: "kind", Value: "digest" }] } },
    ],
  ])("%s", async (_, rule, message) => {
    expect(await routeOf(rule, message)).toBe("shop-warming");
  });

  test("but by the stream's own where no rule holds", async () => {
    expect(await routeOf(gmailToShop, { to: ["ann@yahoo.com"] })).toBe("news-warming");
  });

  test("and a message to several providers stays one, by the stream's own pool", async () => {
    const dispatcher = withRules([gmailToShop]);
    await dispatcher.dispatch(
      aRecord({ email: { Destination: { ToAddresses: ["a@gmail.com"], BccAddresses: ["b@yahoo.com"] } } }),
    );
    expect(routesUsed(dispatcher)).toEqual(["news-warming"]);
    expect(dispatcher.allowances.of(allowanceAt("gmail", "warming", "shop"))?.used).toBe(0);
  });

  test("with the allowance and the tags of that pool", async () => {
    const dispatcher = withRules([gmailToShop]);
    await dispatcher.dispatch(aRecord());
    expect(dispatcher.allowances.of(allowanceAt("gmail", "warming", "shop"))?.used).toBe(1);
    expect(dispatcher.allowances.of(allowanceAt("gmail"))?.used).toBe(0);
    expect(dispatcher.sender.calls[0]?.tags).toMatchObject({ "sw-pool": "shop", "sw-stream": "news" });
  });

  test("or by shared IPs only, which keeps providers of low volume off dedicated ones (guide row 3)", async () => {
    const dispatcher = withRules([otherToShared]);
    await dispatcher.dispatch(aRecord({ to: ["ann@example.org"] }));
    expect(dispatcher.sender.calls[0]?.route).toEqual({ kind: "shared", pool: "shared", configurationSet: "shared" });
  });

  test("and messages of one batch go by their own rules", async () => {
    const dispatcher = withRules([gmailToShop, otherToShared]);
    const to = ["a@gmail.com", "b@yahoo.com", "c@example.org"];
    await dispatcher.dispatch(...to.map((each) => aRecord({ id: each, to: [each] })));
    expect(new Set(routesUsed(dispatcher))).toEqual(new Set(["news-warming", "shared", "shop-warming"]));
  });
});

describe("the random samples", () => {
  const idOf = (arm: string): string => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `order-${index}`);
    return ids.find((id) => armOf(id, 0.5) === arm) ?? "";
  };

  test("count by the pool of the rule", async () => {
    const dispatcher = withRules([gmailToShop], { referenceShare: 0.5 });
    await dispatcher.dispatch(aRecord({ id: idOf("control") }));
    expect(dispatcher.sender.calls[0]?.tags).toMatchObject({
      "sw-pool": "shop",
      "sw-route": "shared",
      "sw-arm": "control",
    });
  });

  test("have nothing to compare where a rule names shared IPs", async () => {
    const dispatcher = withRules([otherToShared], { referenceShare: 0.5 });
    await dispatcher.dispatch(aRecord({ id: idOf("control"), to: ["ann@example.org"] }));
    expect(dispatcher.sender.calls[0]?.tags).not.toHaveProperty("sw-arm");
  });
});

describe("a wall of the stream stops its mail", () => {
  test("in every pool: warming IPs and shared ones of each", async () => {
    const dispatcher = withRules([gmailToShop, otherToShared]);
    dispatcher.allowances.grant(allowanceAt("gmail", "established", "shop"), 1);
    dispatcher.walls.raise("no-overflow");
    const to = ["a@gmail.com", "b@yahoo.com", "c@example.org"];
    const kinds = await dispatcher.kinds(...to.map((each) => aRecord({ id: each, to: [each] })));
    expect(kinds).toEqual(["sent", "held", "held"]);
    expect(routesUsed(dispatcher)).toEqual(["shop-established"]);
  });

  test("without warming IPs only; what a rule gives to shared IPs goes on", async () => {
    const dispatcher = withRules([gmailToShop, otherToShared]);
    dispatcher.walls.raise("no-warming");
    const to = ["a@gmail.com", "c@example.org"];
    await dispatcher.dispatch(...to.map((each) => aRecord({ id: each, to: [each] })));
    expect(routesUsed(dispatcher)).toEqual(["shared", "shared"]);
  });

  test("also of one that names a pool in its rules alone", async () => {
    const dispatcher = withRules([gmailToShop], { pool: undefined });
    dispatcher.walls.raise("no-overflow");
    expect(await dispatcher.kinds(aRecord({ to: ["ann@yahoo.com"] }))).toEqual(["held"]);
  });
});

describe("held mail", () => {
  const full = { whenFull: "hold", sharedAllowed: false, longestHoldMs: 60 * minuteMs } as const;

  test("waits for room in the pool of its rule", async () => {
    const dispatcher = new TestDispatcher({ poolRules: [gmailToShop], ...full }, pools);
    dispatcher.allowances.grant(allowanceAt("gmail"), 10);
    const record = aRecord();
    expect(await dispatcher.kinds(record)).toEqual(["held"]);
    expect(dispatcher.held.all).toMatchObject([{ stream: "news", pool: "shop" }]);
    expect(await dispatcher.release()).toEqual([]);
    dispatcher.allowances.grant(allowanceAt("gmail", "warming", "shop"), 1);
    expect(await dispatcher.release()).toEqual([record.body]);
  });

  test("that a rule gives to shared IPs waits for the stream's wall alone", async () => {
    const dispatcher = withRules([otherToShared]);
    dispatcher.walls.raise("no-overflow");
    const record = aRecord({ to: ["ann@example.org"] });
    expect(await dispatcher.kinds(record)).toEqual(["held"]);
    expect(await dispatcher.release()).toEqual([]);
    dispatcher.walls.fall();
    expect(await dispatcher.release()).toEqual([record.body]);
    dispatcher.clock.advance(minuteMs);
    expect(await dispatcher.kinds({ ...record, recordId: "again" })).toEqual(["sent"]);
  });

  test("is admitted again by the rules of today: of a pool that is gone it leaves by another, once", async () => {
    const dispatcher = new TestDispatcher({ poolRules: [gmailToShop], ...full }, pools);
    const record = aRecord();
    await dispatcher.dispatch(record);
    dispatcher.settings = settingsFor([aStream(full)]);
    dispatcher.allowances.grant(allowanceAt("gmail"), 10);
    expect(await dispatcher.release()).toEqual([record.body]);
    expect(dispatcher.held.all).toEqual([]);
    const again = { ...record, recordId: "again", enqueuedAtMs: noonMs - minuteMs };
    expect(await dispatcher.kinds(again)).toEqual(["sent"]);
    expect(await dispatcher.kinds({ ...again, recordId: "twice" })).toEqual(["already-sent"]);
    expect(routesUsed(dispatcher)).toEqual(["news-warming"]);
  });
});
