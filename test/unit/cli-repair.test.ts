import { describe, expect, test } from "vitest";
import { anOperator } from "../support/operator.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();

describe("repair", () => {
  test.each([
    [[], "Which finding?"],
    [["ip-lost"], "ip-lost is not a code of the guard"],
    [["ip-moved", "ip-released"], "one code at a time"],
    [["ip-moved", "--pool", "nws"], "nws is not a pool"],
  ])("refuses %j with what was expected", async (given, sentence) => {
    const { run } = await anOperator(tables());
    const { code, out, err } = await run("repair", ...given);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
  });

  test("ends with 0 when nothing is found any more", async () => {
    const { json, news } = await anOperator(tables());
    const { code, found } = await json("repair", "ip-moved", "--pool", news);
    expect([code, found]).toMatchObject([0, { code: "ip-moved", pool: news, result: "nothing-found" }]);
  });
});
