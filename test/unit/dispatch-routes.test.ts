import { describe, expect, test } from "vitest";
import type { Pool } from "../../shared/domain/routing/pool.ts";
import type { Stream } from "../../shared/domain/routing/stream.ts";
import { allowanceAt, aPool, aRecord, aStream, recordsTo, settingsFor, today } from "../support/builders.ts";
import { TestDispatcher } from "../support/dispatcher.ts";

/** A dispatcher whose warming IPs may send this much to each provider. */
function warming(limits: Record<string, number>, stream: Partial<Stream> = {}, pools?: Pool[]): TestDispatcher {
  const dispatcher = new TestDispatcher(stream, pools);
  for (const [provider, limit] of Object.entries(limits)) dispatcher.allowances.grant(allowanceAt(provider), limit);
  return dispatcher;
}

const routesUsed = ({ sender }: TestDispatcher) => sender.calls.map(({ route }) => route.configurationSet);

describe("the order of routes", () => {
  test("mail leaves by warming IPs while their allowance lasts, in the batch's order", async () => {
    const dispatcher = warming({ gmail: 2 });
    await dispatcher.dispatch(...recordsTo(["a@gmail.com", "b@gmail.com", "c@gmail.com"]));
    expect(dispatcher.sender.sent).toEqual([
      "a@gmail.com news-warming",
      "b@gmail.com news-warming",
      "c@gmail.com shared",
    ]);
  });

  test("then by established IPs, then by shared IPs", async () => {
    const dispatcher = warming({ gmail: 1 });
    dispatcher.allowances.grant(allowanceAt("gmail", "established"), 1);
    await dispatcher.dispatch(...recordsTo(["a@gmail.com", "b@gmail.com", "c@gmail.com"]));
    expect(routesUsed(dispatcher)).toEqual(["news-warming", "news-established", "shared"]);
  });

  test("a spent allowance at one provider leaves the others alone", async () => {
    const dispatcher = warming({ gmail: 0, yahoo: 5 });
    await dispatcher.dispatch(...recordsTo(["a@gmail.com", "b@yahoo.com"]));
    expect(dispatcher.sender.sent.toSorted((one, other) => (one < other ? -1 : 1))).toEqual([
      "a@gmail.com shared",
      "b@yahoo.com news-warming",
    ]);
  });

  test("without an allowance for the day mail overflows: no allowance is never unlimited", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.allowances.grant({ ...allowanceAt("gmail"), day: "2026-11-01" }, 100);
    await dispatcher.dispatch(aRecord());
    expect(routesUsed(dispatcher)).toEqual(["shared"]);
  });

  test("overflow goes to the established IPs of the pool it names, never to its warming IPs", async () => {
    const pools = [aPool({ overflowTo: "alerts" }), aPool({ name: "alerts", ips: ["192.0.2.2"] })];
    const dispatcher = warming({ gmail: 0 }, {}, pools);
    dispatcher.allowances.grant(allowanceAt("gmail", "warming", "alerts"), 10);
    dispatcher.allowances.grant(allowanceAt("gmail", "established", "alerts"), 1);
    await dispatcher.dispatch(...recordsTo(["a@gmail.com", "b@gmail.com"]));
    expect(routesUsed(dispatcher)).toEqual(["alerts-established", "shared"]);
  });

  test("a stream without a pool leaves by shared IPs and touches no allowance", async () => {
    const dispatcher = warming({ gmail: 10 }, { pool: undefined });
    await dispatcher.dispatch(aRecord());
    expect(routesUsed(dispatcher)).toEqual(["shared"]);
    expect(dispatcher.allowances.asked).toEqual([]);
  });
});

describe("reserving", () => {
  test("a batch reserves once for each provider, whatever the number of messages", async () => {
    const dispatcher = warming({ gmail: 10, yahoo: 10 });
    await dispatcher.dispatch(...recordsTo(["a@gmail.com", "b@gmail.com", "c@gmail.com", "d@yahoo.com"]));
    expect(dispatcher.allowances.asked.map(({ key, recipients }) => [key.provider, recipients])).toEqual([
      ["gmail", 3],
      ["yahoo", 1],
    ]);
  });

  test("every recipient of a message counts", async () => {
    const dispatcher = warming({ gmail: 10 });
    await dispatcher.dispatch(aRecord({ to: ["a@gmail.com", "b@gmail.com", "c@gmail.com"] }));
    expect(dispatcher.allowances.of(allowanceAt("gmail"))?.used).toBe(3);
  });

  test("Cc and Bcc count as well", async () => {
    const dispatcher = warming({ gmail: 10 });
    const Destination = { ToAddresses: ["a@gmail.com"], CcAddresses: ["b@gmail.com"], BccAddresses: ["c@gmail.com"] };
    await dispatcher.dispatch(aRecord({ email: { Destination } }));
    expect(dispatcher.allowances.of(allowanceAt("gmail"))?.used).toBe(3);
  });

  test("two streams on one pool reserve together", async () => {
    const dispatcher = warming({ gmail: 1 });
    dispatcher.settings = settingsFor([aStream(), aStream({ name: "digest" })]);
    await dispatcher.dispatch(aRecord({ id: "a" }), aRecord({ id: "b", stream: "digest" }));
    expect(dispatcher.allowances.asked.filter(({ key }) => key.route === "warming")).toHaveLength(1);
    expect(routesUsed(dispatcher)).toEqual(["news-warming", "shared"]);
  });

  test("the day is the batch's, also when midnight passes while it is sending", async () => {
    const dispatcher = warming({ gmail: 10 });
    dispatcher.clock.atMs = Date.parse(`${today}T23:59:59Z`);
    dispatcher.sender.whileSending = () => dispatcher.clock.advance(2_000);
    dispatcher.sender.otherwise = { kind: "throttled" };
    await dispatcher.dispatch(aRecord());
    expect(dispatcher.sender.calls[0]?.tags["sw-day"]).toBe(today);
    expect(dispatcher.allowances.of(allowanceAt("gmail"))?.used).toBe(0);
  });
});

describe("a message to several providers", () => {
  const toBoth = { to: ["a@gmail.com", "b@yahoo.com"] };

  test("takes a route with room at all of them", async () => {
    const dispatcher = warming({ gmail: 1, yahoo: 1 });
    await dispatcher.dispatch(aRecord(toBoth));
    expect(routesUsed(dispatcher)).toEqual(["news-warming"]);
  });

  test("does not take a route that is full at one of them, and gives the other's room back", async () => {
    const dispatcher = warming({ gmail: 5, yahoo: 0 });
    await dispatcher.dispatch(aRecord(toBoth));
    expect(routesUsed(dispatcher)).toEqual(["shared"]);
    expect(dispatcher.allowances.of(allowanceAt("gmail"))?.used).toBe(0);
  });

  test("needs room for every recipient: half of them is not enough", async () => {
    const dispatcher = warming({ gmail: 1 });
    await dispatcher.dispatch(aRecord({ to: ["a@gmail.com", "b@gmail.com"] }));
    expect(routesUsed(dispatcher)).toEqual(["shared"]);
    expect(dispatcher.allowances.of(allowanceAt("gmail"))?.used).toBe(0);
  });

  test("that does not fit leaves its room to a later message that does", async () => {
    const dispatcher = warming({ gmail: 1, yahoo: 0 });
    await dispatcher.dispatch(aRecord({ id: "both", ...toBoth }), aRecord({ id: "one", to: ["c@gmail.com"] }));
    expect(dispatcher.sender.sent).toContain("c@gmail.com news-warming");
  });
});

describe("tags", () => {
  test("name claim, pool, route, provider, day, stream and the application's own id", async () => {
    const dispatcher = warming({ gmail: 1 });
    await dispatcher.dispatch(aRecord({ id: "order 8" }));
    expect(dispatcher.sender.calls[0]?.tags).toEqual({
      "sw-id": "batch000000000000001-0-1",
      "sw-pool": "news",
      "sw-route": "warming",
      "sw-provider": "gmail",
      "sw-day": today,
      "sw-stream": "news",
      "sw-message": "order_00208",
    });
  });

  test("say `several` for a message to more than one provider", async () => {
    const dispatcher = new TestDispatcher();
    await dispatcher.dispatch(aRecord({ to: ["a@gmail.com", "b@yahoo.com"] }));
    expect(dispatcher.sender.calls[0]?.tags["sw-provider"]).toBe("several");
  });
});
