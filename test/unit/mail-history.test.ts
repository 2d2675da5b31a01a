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

  test("leaves bad lines out, each with its number and reason, and keeps the good ones", () => {
    const {
      rows: good,
      faults,
      unknownProviders,
    } = read(
      "date,provider,count\n2026-02-30,gmail,1\n3.8.2026,gmail,1\n2026-08-03,,1\n2026-08-03,gmail,-1\n2026-08-03,gmail,1.5\n2026-08-03\n2026-08-03,googol,7\n",
    );
    expect(good).toEqual([{ day: "2026-08-03", provider: "other", recipients: 7 }]);
    expect(unknownProviders).toEqual(["googol"]);
    expect(faults.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(faults[0]?.why).toBe('date "2026-02-30": expected a day as YYYY-MM-DD');
    expect(faults[3]?.why).toBe('count "-1": expected a whole number from 0 on');
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
