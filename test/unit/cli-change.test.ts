import { describe, expect, test } from "vitest";
import { verbs } from "../../cli/verbs.ts";
import { anOperator, newsIp } from "../support/operator.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const changes = ["start", "pause", "resume", "restart", "complete", "disable", "enable"] as const;

test("every verb of an operator is there", () => {
  expect([...verbs.keys()]).toEqual(
    expect.arrayContaining(["status", "ips", "plan", ...changes, "audit", "repair", "lift"]),
  );
});

describe.each(changes)("%s", (verb) => {
  test("asks which pool, and says what to type", async () => {
    const { news, receipts, run } = await anOperator(tables());
    const { code, out, err } = await run(verb);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(`${news}, ${receipts}`);
    expect(err).toContain(`"${verb} --pool ${news}"`);
    expect(err).toContain(`"${verb} --all"`);
  });

  test.each([
    [["--pool", "nws"], "nws is not a pool of this deployment"],
    [["--all", "--provider", "gmial"], "gmial is not a mailbox provider: expected one of gmail, "],
    [["--pool", "NEWS", "--ip", "192.0.2.99"], "192.0.2.99 is not an IP of pool"],
    [["--pool", "NEWS", "--all"], "--pool and --all exclude each other"],
    [["--all", "--ip", newsIp], "--ip is for one IP of one pool"],
    [["--pol", "x"], "Unknown option '--pol'"],
  ])("refuses %j with what was expected", async (given, sentence) => {
    const { news, run } = await anOperator(tables());
    const { code, out, err } = await run(verb, ...given.map((word) => (word === "NEWS" ? news : word)));
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
  });
});

describe("a change", () => {
  test("is told in words; repeated it ends with 0 too", async () => {
    const { news, run } = await anOperator(tables());
    expect(await run("pause", "--pool", news)).toEqual({
      code: 0,
      out: `pool ${news} is paused: nothing leaves by its warming IPs`,
      err: "",
    });
    expect(await run("pause", "--pool", news)).toEqual({ code: 0, out: `pool ${news} is paused already`, err: "" });
  });

  test("is one JSON object with each pool's result", async () => {
    const { json, news, receipts } = await anOperator(tables());
    const { code, err, found } = await json("disable", "--all");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(found).toEqual({
      action: "disable",
      pools: [news, receipts].map((pool) => ({
        pool,
        result: "changed",
        says: `pool ${pool} is warmed by hand: nothing is limited`,
      })),
    });
  });

  test("that is refused ends with 1 and the sentence, also as JSON", async () => {
    const { json, receipts, run } = await anOperator(tables());
    const sentence = `pool ${receipts} has no warm-up to complete: start it first`;
    expect(await run("complete", "--pool", receipts)).toEqual({
      code: 1,
      out: "",
      err: `complete refused: ${sentence}`,
    });
    const { code, found } = await json("complete", "--pool", receipts);
    expect([code, found.pools]).toEqual([1, [{ pool: receipts, result: "refused", says: sentence }]]);
  });

  test("of a provider names it", async () => {
    const { json, news } = await anOperator(tables());
    const { code, found } = await json("pause", "--pool", news, "--provider", "gmail");
    expect([code, found.pools[0].says]).toEqual([
      0,
      `gmail in pool ${news} is paused: nothing leaves to it by warming IPs`,
    ]);
  });

  test("that starts a warm-up moves the pool's IPs before it returns", async () => {
    const { json, news, receipts, run } = await anOperator(tables());
    await run("restart", "--pool", news);
    const { found } = await json("ips");
    expect(found.ips).toMatchObject([
      { ip: newsIp, pool: news, state: "warming", sesPool: `${news}-warming`, since: "2026-11-02", warmUpDay: 1 },
      { ip: "192.0.2.20", pool: receipts, state: "not-listed-by-ses" },
    ]);
  });
});
