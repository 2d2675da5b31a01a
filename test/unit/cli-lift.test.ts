import { describe, expect, test } from "vitest";
import { DynamoWalls } from "../../shared/adapters/dynamo/walls.ts";
import { anOperator } from "../support/operator.ts";
import { startMs } from "../support/ses-engine.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();

describe("lift", () => {
  const walls = () => new DynamoWalls(tables().client, tables().state);
  const wall = { level: "no-warming", cause: "bounces", why: "70 of 1000 bounced", sinceMs: startMs } as const;

  async function raise(pool: string) {
    const [newsletter] = (await walls().read()).filter(({ stream }) => stream === "newsletter");
    const record = { version: 0, ...newsletter, stream: "newsletter", pool };
    await walls().write({ ...record, wall: { stream: "newsletter", pool, ...wall }, liftedDay: undefined });
  }

  test.each([
    [[], 'Which stream? Type "lift STREAM"; its streams: newsletter.'],
    [["nws"], "nws is not a stream of this deployment; its streams: newsletter."],
    [["newsletter", "other"], "other: expected one stream at a time."],
  ])("refuses %j with what was expected", async (given, sentence) => {
    const { run } = await anOperator(tables());
    const { code, out, err } = await run("lift", ...given);
    expect({ code, out, err }).toEqual({ code: 2, out: "", err: `lift: ${sentence}` });
  });

  test("ends the wall, which the audit tells", async () => {
    const { json, news, run } = await anOperator(tables());
    await raise(news);
    const says = "the wall of stream newsletter is lifted (no-warming, bounces): days after 2026-11-02 are judged anew";
    expect(await run("lift", "newsletter")).toEqual({ code: 0, out: says, err: "" });
    expect((await walls().read()).find(({ stream }) => stream === "newsletter")).toMatchObject({
      pool: news,
      liftedDay: "2026-11-02",
    });
    const { found } = await json("audit", "--pool", news);
    expect(found.entries).toMatchObject([{ by: "operator", action: "lift-newsletter", says }]);
  });

  test("is one JSON object, and ends with 1 when there is no wall", async () => {
    const { json, news } = await anOperator(tables());
    await raise(news);
    expect(await json("lift", "newsletter")).toMatchObject({ code: 0, found: { result: "lifted" } });
    const { code, err, found } = await json("lift", "newsletter");
    expect([code, err]).toEqual([1, "lift refused: stream newsletter is behind no wall"]);
    expect(found).toEqual({ stream: "newsletter", result: "refused", says: "stream newsletter is behind no wall" });
  });
});
