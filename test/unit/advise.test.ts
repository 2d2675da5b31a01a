import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type AdviceSetup, advise } from "../../shared/domain/advice/advise.ts";
import { keptWarm } from "../../shared/domain/advice/kept-warm.ts";
import { type MailRow, mailHistory } from "../../shared/domain/advice/mail-history.ts";
import { regularity } from "../../shared/domain/advice/regularity.ts";
import { dayAfter } from "../../shared/domain/utc-day.ts";
import { typeCommand } from "../support/command.ts";
import { csvOf, monday, rows, weekdays } from "../support/mail-rows.ts";

const floors = { perDay: 1_000, perMonth: 300 };

function history(...all: MailRow[][]) {
  const found = mailHistory(all.flat(), 90);
  if (found === undefined) throw new Error("there is mail");
  return found;
}

function adviceOn(all: MailRow[][], changes: Partial<AdviceSetup> = {}) {
  return advise(history(...all), { ips: 1, allowListed: false, floors, ...changes });
}

/** Rules that do not speak for dedicated IPs. */
function doubts(...given: Parameters<typeof adviceOn>): string[] {
  return adviceOn(...given)
    .rules.filter(({ finding }) => finding !== "for")
    .map(({ rule, finding }) => `${rule}: ${finding}`);
}

describe("a history", () => {
  test("adds up rows of a day, fills gaps, and puts most mail first", () => {
    const found = history(
      [{ day: "2026-08-03", provider: "yahoo", recipients: 5 }],
      [
        { day: "2026-08-05", provider: "gmail", recipients: 4 },
        { day: "2026-08-05", provider: "gmail", recipients: 6 },
      ],
    );
    expect(found).toEqual({
      first: "2026-08-03",
      last: "2026-08-05",
      byProvider: new Map([
        ["gmail", [0, 0, 10]],
        ["yahoo", [5, 0, 0]],
      ]),
      perDay: [5, 0, 10],
    });
    expect([...found.byProvider.keys()]).toEqual(["gmail", "yahoo"]);
  });

  test("leaves out what is too old, and is nothing without mail", () => {
    const found = mailHistory(
      rows(100, () => 1),
      90,
    );
    expect(found).toMatchObject({ first: dayAfter(monday, 10), last: dayAfter(monday, 99) });
    expect(found?.perDay).toHaveLength(90);
    expect(
      mailHistory(
        rows(3, () => 0),
        90,
      ),
    ).toBeUndefined();
  });
});

test("regularity counts days, gaps, weeks and the weekly peak", () => {
  const newsletter = history(rows(57, (day) => (day % 7 === 0 ? 7_000 : 0)));
  expect(regularity(newsletter)).toMatchObject({ days: 57, largestGapDays: 6, highestWeek: 1 });
  expect(regularity(newsletter).weeklyPeak).toBeGreaterThan(6);
  expect(regularity(history(rows(14, (day) => (day < 7 ? 100 : 300))))).toMatchObject({
    daysWithMail: 1,
    largestGapDays: 0,
    highestWeek: 1,
  });
  expect(regularity(history(rows(3, () => 10))).highestWeek).toBeUndefined();
});

test("IPs kept warm follow a usual day, and IPs tracked the best day of the weakest month (guide rows 6, 18)", () => {
  const mail = history(
    rows(60, weekdays(3_400)),
    rows(60, (day) => (day === 10 || day === 50 ? 950 : 100), "yahoo"),
    rows(60, () => 3, "apple"),
  );
  expect(keptWarm(mail, floors)).toEqual([
    { provider: "gmail", usualDay: 3_400, bestOfMonth: 3_400, ipsByDay: 3, ipsByMonth: 11 },
    // Apple has too little of the mail to matter.
  ]);
  const more = history(
    rows(60, () => 1_000),
    rows(60, (day) => (day === 10 || day === 50 ? 950 : 100), "yahoo"),
  );
  expect(keptWarm(more, floors)[1]).toEqual({
    provider: "yahoo",
    usualDay: 100,
    bestOfMonth: 950,
    ipsByDay: 0,
    ipsByMonth: 3,
  });
});

describe("the advice (guide rows 2, 3, 6, 7, 8)", () => {
  test("is yes for much mail on most days", () => {
    expect(adviceOn([rows(60, weekdays(5_000))])).toMatchObject({ verdict: "yes", ipsKeptWarm: 5 });
    expect(doubts([rows(60, weekdays(5_000))])).toEqual([]);
  });

  test("is no below several hundred a day at every provider", () => {
    const little = rows(60, () => 250);
    expect(adviceOn([little]).verdict).toBe("no");
    expect(doubts([little])).toContain("volume that is tracked: against");
  });

  test("is not yet between several hundred and a thousand", () => {
    const some = rows(60, () => 600);
    expect(adviceOn([some]).verdict).toBe("not yet");
    expect(doubts([some])).toEqual(["volume that keeps warm: unclear", "number of IPs: unclear"]);
  });

  test("is not yet with less than a month to look at", () => {
    const short = rows(20, () => 5_000);
    expect(adviceOn([short]).verdict).toBe("not yet");
    expect(doubts([short])).toEqual(["history: unclear"]);
  });

  test("is no for single bursts, not yet for one strong day a week", () => {
    const bursts = rows(80, (day) => (day % 40 === 0 ? 50_000 : 0));
    expect(adviceOn([bursts]).verdict).toBe("no");
    expect(doubts([bursts])).toEqual(expect.arrayContaining(["mail on most days: against", "even weeks: against"]));
    const weekly = rows(80, (day) => (day % 7 === 0 ? 50_000 : 0));
    expect(adviceOn([weekly]).verdict).toBe("not yet");
    expect(doubts([weekly])).toEqual(expect.arrayContaining(["no weekly burst: unclear"]));
  });

  test("is yes where receivers list IPs, whatever the volume", () => {
    const little = adviceOn([rows(60, () => 20)], { allowListed: true });
    expect(little.verdict).toBe("yes");
    expect(little.rules[0]).toMatchObject({ rule: "allow-listed", finding: "for" });
    expect(little.rules[0]?.why).toContain("sharedAllowed: false");
  });

  test("tells when there are more IPs than the mail keeps warm", () => {
    expect(doubts([rows(60, () => 2_500)], { ips: 3 })).toEqual(["number of IPs: unclear"]);
    expect(doubts([rows(60, () => 2_500)], { ips: 2 })).toEqual([]);
  });
});

describe("advise", () => {
  const folder = mkdtempSync(join(tmpdir(), "ses-warmup-advise-"));

  const run = (...args: string[]) => typeCommand(folder, ["advise", ...args]);

  function aFile(name: string, all: readonly MailRow[]): string {
    writeFileSync(join(folder, name), csvOf(all));
    return name;
  }

  test("tells verdict, reasons with the guide's words, and cost; the exit code is 0 for a no too", async () => {
    const { code, out, err } = await run(
      "--history",
      aFile(
        "little.csv",
        rows(40, () => 50),
      ),
    );
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^No: SES's shared IPs suit this mail better\./);
    expect(out).toContain("1 IP costs $24.95 a month");
    expect(out).toContain('SES: "you should send several hundred emails within a 24-hour period');
  });

  test("is one JSON object on --json", async () => {
    const { out } = await run("--history", aFile("much.csv", rows(40, weekdays(5_000))), "--ips", "2", "--json");
    expect(JSON.parse(out)).toMatchObject({
      verdict: "yes",
      ips: 2,
      days: 40,
      ipsKeptWarm: 5,
      costPerMonthUsd: 49.9,
      rules: expect.arrayContaining([expect.objectContaining({ rule: "even weeks", finding: "for" })]),
      warmth: [expect.objectContaining({ provider: "gmail", ipsByDay: 5 })],
      linesLeftOut: [],
    });
  });

  test.each([
    [["--history", "nowhere.csv"], "nowhere.csv cannot be read"],
    [["--history", "x.csv", "--pool", "news"], "leave --pool out"],
    [["--history", "x.csv", "--ips", "none"], "--ips none: expected a whole number from 1"],
    [[], "No local system of this checkout runs"],
  ])("refuses %j with what was expected", async (args, sentence) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
  });
});
