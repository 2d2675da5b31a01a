import { describe, expect, test } from "vitest";
import { sesDefaultPool } from "../../shared/domain/warm-up/placement.ts";
import { aPool } from "../support/builders.ts";
import { establishedRamp, TestRamp, warmedRamp } from "../support/ramp.ts";

const ip = "192.0.2.1";

/** Ways in which a route loses its last IP without the ramp. */
const losses: [string, (ramp: TestRamp) => void][] = [
  ["moved to another SES pool by hand", (ramp) => ramp.ips.put(ip, "by-hand")],
  ["moved to SES's default pool by hand", (ramp) => ramp.ips.put(ip, sesDefaultPool)],
  ["released", (ramp) => ramp.ips.release(ip)],
];

describe.each(losses)("a route whose last IP is %s", (_, lose) => {
  test.each([1, 2, 3, 4, 23])("is closed with the next run, at hour %i", async (hour) => {
    const ramp = await warmedRamp();
    expect(ramp.limit(4)).toBe(505);
    lose(ramp);
    await ramp.run(4, hour);
    expect([ramp.limit(4), await ramp.rule(4)]).toEqual([0, "no-ips"]);
    expect(ramp.limit(4, { provider: "other" })).toBe(0);
  });

  test("is told of: an event, a line of the log, an entry of the audit; once", async () => {
    const ramp = await warmedRamp();
    lose(ramp);
    await ramp.run(4, 1);
    await ramp.run(4, 2);
    expect(ramp.log.of("ROUTE_WITHOUT_IPS")).toMatchObject([{ fields: { pool: "news", route: "warming" } }]);
    expect(ramp.audit.says.filter((says) => says.includes("has no IPs any more"))).toHaveLength(1);
    const decided = ramp.events.published.filter(({ type }) => type === "Allowances Decided").at(-1);
    expect(decided?.detail.decisions).toContainEqual(
      expect.objectContaining({ provider: "gmail", route: "warming", allowance: 0, rule: "no-ips" }),
    );
  });

  test("has no allowance tomorrow either", async () => {
    const ramp = await warmedRamp();
    lose(ramp);
    await ramp.run(4, 1);
    await ramp.run(5);
    expect(ramp.limit(5) ?? 0).toBe(0);
  });
});

test("an established route is closed in the same way", async () => {
  const ramp = await establishedRamp();
  ramp.ips.put(ip, "by-hand");
  await ramp.run(4, 1);
  expect([ramp.limit(4, { route: "established" }), await ramp.rule(4, { route: "established" })]).toEqual([
    0,
    "no-ips",
  ]);
});

test("a route is open again within four hours of its IPs' return, as it was decided for today", async () => {
  const ramp = await warmedRamp();
  ramp.ips.put(ip, "by-hand");
  await ramp.run(4, 1);
  ramp.ips.put(ip, "news-warming");
  await ramp.run(4, 4);
  expect(ramp.limit(4)).toBe(505);
});

test("a route that keeps one of its IPs stays open", async () => {
  const ramp = new TestRamp({ [ip]: sesDefaultPool, "192.0.2.2": sesDefaultPool }, [aPool({ ips: [ip, "192.0.2.2"] })]);
  await ramp.run(0);
  ramp.ips.put(ip, "by-hand");
  await ramp.run(0, 1);
  expect(ramp.limit(0)).toBe(200);
});

test("a run that could not read SES's IPs closes nothing", async () => {
  const ramp = await warmedRamp();
  ramp.ips.list = () => Promise.reject(new Error("throttled"));
  await expect(ramp.run(4, 1)).rejects.toThrow("throttled");
  expect(ramp.limit(4)).toBe(505);
});
