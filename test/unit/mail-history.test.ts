import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readCountedMail } from "../../shared/app/forecast/read-counted-mail.ts";
import { readMailHistory } from "../../shared/app/forecast/read-history.ts";
import { providerDirectory } from "../../shared/domain/routing/mailbox-provider.ts";
import { dayFacts, today } from "../support/builders.ts";

describe("a mail history", () => {
  const directory = providerDirectory();
  const read = (text: string) => {
    const found = readMailHistory(text, directory);
    if ("unusable" in found) throw new Error(found.unusable);
    return found;
  };

  test("has providers by name or by domain, and other columns anywhere", () => {
    expect(read("Count,note,Date,Provider\n5,x,2026-08-03,Gmail\n").rows).toEqual([
      { day: "2026-08-03", provider: "gmail", recipients: 5 },
    ]);
    const byDomain =
      "date,domain,count\n2026-08-03,Hotmail.com,5\n2026-08-03,ann@gmail.com,1\n2026-08-03,example.org,2\n";
    expect(read(byDomain).rows.map(({ provider }) => provider)).toEqual(["microsoft", "gmail", "other"]);
  });

  test("leaves out what names no day, each line with its number and reason", () => {
    const { rows, leftOut, unknownProviders } = read(
      "date,provider,count\nTotal,,7\n2026-08-03,googol,7\n,gmail,7\nthousand separators,,\n",
    );
    expect(rows).toEqual([{ day: "2026-08-03", provider: "other", recipients: 7 }]);
    expect(unknownProviders).toEqual(["googol"]);
    expect(leftOut.map(({ line }) => line)).toEqual([2, 4, 5]);
    expect(leftOut[0]?.why).toBe('date "Total": expected a day as YYYY-MM-DD');
  });

  test("takes thousands as spreadsheets write them", () => {
    const counts = ['"1,167"', '"12,001,167"', "1167"].map((count) => `2026-08-03,gmail,${count}\n`);
    const { rows, leftOut } = read(`date,provider,count\n${counts.join("")}`);
    expect(rows.map(({ recipients }) => recipients)).toEqual([1_167, 12_001_167, 1_167]);
    expect(leftOut).toEqual([]);
  });

  /** Lies beside the repository where it is developed, and nowhere else. */
  const spreadsheet = fileURLToPath(new URL("../../../shared/cases/advise-thousands.csv", import.meta.url));

  test.skipIf(!existsSync(spreadsheet))("takes a whole spreadsheet of them", () => {
    const { rows, leftOut } = read(readFileSync(spreadsheet, "utf8"));
    expect(rows.reduce((sum, { recipients }) => sum + recipients, 0)).toBe(135_257);
    expect([rows.length, leftOut]).toEqual([240, []]);
  });

  test.each([
    ["2026-02-30,gmail,1", 'line 3 has date "2026-02-30": expected a day as YYYY-MM-DD'],
    ["3.8.2026,gmail,1", 'line 3 has date "3.8.2026": expected a day as YYYY-MM-DD'],
    ["2026-08-03,,1", "line 3 has no provider or domain"],
    ...["-1", "1.5", "1.167", "12.0", '"1,16"', '",167"', "1 167", "1e3", ""].map((count) => [
      `2026-08-03,gmail,${count}`,
      `line 3 has count ${JSON.stringify(count.replaceAll('"', ""))}: expected a whole number from 0 on, such as 1167 or "1,167"`,
    ]),
    ['2026-08-03,"gmail,1', "up to line 4 a quotation mark opens or ends inside a field, or is never closed"],
  ])("is unusable with the line %j of a day: the rest would be another history", (line, why) => {
    const text = `date,provider,count\n2026-08-02,gmail,1\n${line}\n2026-08-04,gmail,1`;
    expect(readMailHistory(text, directory)).toEqual({ unusable: why });
  });

  test.each([
    ["", "it is empty"],
    ["day;provider;count\n", "expected a header with date, provider or domain, and count, separated by commas"],
  ])("is unusable as %j", (text, why) => {
    expect(readMailHistory(text, directory)).toEqual({ unusable: expect.stringContaining(why) });
  });

  test("of a deployment is what its streams sent, whatever IPs carried it", async () => {
    const day = dayFacts({ day: today, used: 5, established: 3, shared: 2 });
    const progress = { read: async () => new Map([["gmail", [day]]]) };
    expect(await readCountedMail(progress, "news")).toEqual([{ day: today, provider: "gmail", recipients: 10 }]);
  });
});
