import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { replay } from "../../shared/app/forecast/replay.ts";
import { mailHistory } from "../../shared/domain/advice/mail-history.ts";
import { planPolicy } from "../../shared/domain/simulation/plan-policy.ts";
import { severalIps } from "../../shared/domain/simulation/several-ips.ts";
import { dayAfter, weekday } from "../../shared/domain/utc-day.ts";
import { decideAllowance } from "../../shared/domain/warm-up/ramp.ts";
import { aPlan, historyOf, today } from "../support/builders.ts";
import { typeCommand } from "../support/command.ts";
import { csvOf, monday, rows, weekdays } from "../support/mail-rows.ts";

test("a replay repeats whole weeks, each day of the week in its place", () => {
  const mail = mailHistory(
    rows(17, (day) => 100 + day),
    90,
  );
  if (mail === undefined) throw new Error("there is mail");
  const found = replay(mail, "2026-09-02", 30);
  expect(found).toMatchObject({ from: dayAfter(monday, 3), days: 14 });
  const counts = found?.byProvider.get("gmail") ?? new Float64Array();
  counts.forEach((count, index) => {
    const source = dayAfter(monday, count - 100);
    expect(weekday(source)).toBe(weekday(dayAfter("2026-09-02", index)));
  });
  expect(new Set(counts).size).toBe(14);
  expect(replay({ ...mail, perDay: [1, 2, 3] }, monday, 3)).toBeUndefined();
});

test("a plan decides each day as the ramp does", () => {
  const plan = aPlan();
  const policy = planPolicy(plan, { provider: "gmail", start: dayAfter(today, -1), ips: 2 });
  const first = policy.allowance(1);
  policy.learn({ day: 1, allowance: first, offered: first, accepted: first - 90, deferred: 90, blocked: 0 });
  policy.learnComplaints?.(1, 1);
  const history = historyOf({ ips: 2, allowance: first, used: first, deferred: 90, complained: 1 });
  const { allowance } = decideAllowance(plan, "gmail", { day: today, ips: 2, history, paused: false });
  expect(policy.allowance(2)).toBe(allowance);
});

test("several IPs share the mail evenly, and each has a capacity of its own", () => {
  const pool = severalIps({ prior: "mid", provider: "gmx", ips: 3, seed: 1, peakPerDay: 10_000 });
  const one = severalIps({ prior: "mid", provider: "gmx", ips: 1, seed: 1, peakPerDay: 10_000 });
  expect(pool.capacityToday(1)).toBeGreaterThan(one.capacityToday(1));
  pool.startDay(1);
  const perHour = Math.floor((0.8 * pool.capacityToday(1)) / 24);
  let taken = 0;
  for (const hour of Array.from({ length: 24 }, (_unused, index) => index)) {
    const { accepted, deferred, blocked } = pool.offer(1, hour, perHour);
    expect(accepted + deferred + blocked).toBe(perHour);
    taken += accepted;
  }
  expect(taken).toBeGreaterThan(one.capacityToday(1));
});

describe("forecast", () => {
  const folder = mkdtempSync(join(tmpdir(), "ses-warmup-forecast-"));
  const mail = [
    ...rows(42, weekdays(6_000)),
    ...rows(42, weekdays(2_000), "microsoft"),
    ...rows(42, () => 20, "apple"),
  ];
  writeFileSync(join(folder, "own.csv"), `${csvOf(mail)}\nTotal,,1`);
  const run = (...args: string[]) => typeCommand(folder, ["forecast", ...args]);
  const own = ["--history", "own.csv", "--seeds", "6", "--days", "42"];

  test("tells when each provider is carried, what leaves elsewhere, IPs kept warm and cost", async () => {
    const { code, out, err } = await run(...own, "--ips", "2", "--json");
    expect(code).toBe(0);
    expect(err).toContain('own.csv line 128 is left out: date "Total"');
    const found = JSON.parse(out);
    expect(found).toMatchObject({
      plan: "adaptive",
      ips: 2,
      start: dayAfter(monday, 42),
      model: "mid",
      replayed: { from: monday, to: dayAfter(monday, 41), days: 42 },
      keptWarm: { ipsByDay: 6, ipsByMonth: 20 },
      cost: { perIp: 24.95, perMonth: 49.9, perMonthKeptWarm: 149.7 },
      linesLeftOut: [{ line: 128 }],
    });
    // A provider with less than a hundredth of the mail is not simulated by itself.
    expect(found.providers.map(({ provider }: { provider: string }) => provider)).toEqual([
      "gmail",
      "microsoft",
      "other",
    ]);
    for (const { carriedOn, never } of found.providers) {
      expect(never).toBe(0);
      expect(carriedOn.p10 <= carriedOn.median && carriedOn.median <= carriedOn.p90).toBe(true);
      expect(carriedOn.p10 >= dayAfter(found.start, 2)).toBe(true);
    }
    expect(found.byDay).toHaveLength(42);
    expect(found.byDay[0].elsewhereShare.median).toBeGreaterThan(0.8);
    expect(found.byDay[41].elsewhereShare.median).toBeLessThan(0.05);
    for (const { mail: all, warming, elsewhere, refused } of found.byDay) {
      expect(Math.abs(all - warming - elsewhere - refused)).toBeLessThanOrEqual(2);
    }
  });

  test("says plainly that it is a model, in the table and in both pictures", async () => {
    const { out } = await run(
      ...own,
      "--plan",
      "balanced",
      "--svg",
      "out.svg",
      "--html",
      "out.html",
      "--start",
      "2027-01-04",
    );
    const [svg, html] = ["out.svg", "out.html"].map((name) => readFileSync(join(folder, name), "utf8"));
    for (const text of [out, svg, html]) expect(text).toContain("In our model of mailbox providers (mid, 6 runs)");
    expect(out).toContain("Plan balanced, 1 IP");
    expect(out).toMatch(/^2027-01-04 /m);
    expect(svg).toMatch(/^<svg xmlns.* role="img"/);
    expect(svg).toContain("by other IPs or held (hatched)");
    expect(svg?.match(/<polygon/g)).toHaveLength(2);
    expect(html).toContain("</svg>");
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  });

  test.each([
    [["--plan", "fast"], "fast is not a plan. Expected one of: adaptive, cautious, balanced"],
    [["--start", "2026-2-3"], "--start 2026-2-3: expected a day as YYYY-MM-DD"],
    [["--model", "hard"], "--model hard: expected easy, mid or strict"],
    [["--ips", "0"], "--ips 0: expected a whole number from 1 to 100"],
    [["--ip-price", "much"], "--ip-price much: expected a number"],
  ])("refuses %j with what was expected", async (args, sentence) => {
    const { code, out, err } = await run(...own, ...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
  });

  test("asks for a week at least", async () => {
    writeFileSync(join(folder, "short.csv"), "date,provider,count\n2026-08-03,gmail,5\n2026-08-04,gmail,5\n");
    const { code, err } = await run("--history", "short.csv");
    expect(code).toBe(2);
    expect(err).toContain("From 2026-08-03 to 2026-08-04 is no whole week");
  });
});
