import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { runCommand } from "../../cli/run-command.ts";
import { DynamoProgress } from "../../shared/adapters/dynamo/progress.ts";
import { readCsv } from "../../shared/app/forecast/csv.ts";
import { readCountedMail } from "../../shared/app/forecast/read-counted-mail.ts";
import { readMailHistory } from "../../shared/app/forecast/read-history.ts";
import { replay } from "../../shared/app/forecast/replay.ts";
import { type MailRow, mailHistory } from "../../shared/domain/advice/mail-history.ts";
import { providerDirectory } from "../../shared/domain/routing/mailbox-provider.ts";
import { planPolicy } from "../../shared/domain/simulation/plan-policy.ts";
import { severalIps } from "../../shared/domain/simulation/several-ips.ts";
import { dayAfter, weekday } from "../../shared/domain/utc-day.ts";
import { decideAllowance } from "../../shared/domain/warm-up/ramp.ts";
import { aPlan, dayFacts, freshNames, historyOf, today } from "../support/builders.ts";
import { useTables } from "../support/tables.ts";

const monday = "2026-08-03";

function rows(days: number, recipients: (day: number) => number, provider = "gmail"): MailRow[] {
  return Array.from({ length: days }, (_unused, day) => ({
    day: dayAfter(monday, day),
    provider,
    recipients: recipients(day),
  }));
}

describe("CSV", () => {
  test.each([
    [
      "plain",
      "a,b\n1,2\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "no end of line",
      "a,b\n1,2",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "Windows",
      "a,b\r\n1,2\r\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    ["a mark at the start", "\uFEFFa,b\n", [["a", "b"]]],
    [
      "spaces and empty lines",
      " a , b \n\n , \n1,\n",
      [
        ["a", "b"],
        ["1", ""],
      ],
    ],
    ["quoted", '"a,1","b ""x"""\n', [["a,1", 'b "x"']]],
    ["a quoted line end", '"a\nb",c\n', [["a\nb", "c"]]],
    ["nothing", "", []],
  ])("%s", (_what, text, fields) => {
    expect(readCsv(text)).toEqual({
      records: fields.map((each) => expect.objectContaining({ fields: each })),
      faults: [],
    });
  });

  test("names lines as they are in the file, and goes on after one that cannot be read", () => {
    const { records, faults } = readCsv('a\n"x\ny"\nb"c\n"d"e\nf');
    expect(records.map(({ line, fields }) => [line, fields[0]])).toEqual([
      [1, "a"],
      [2, "x\ny"],
      [6, "f"],
    ]);
    expect(faults.map(({ line }) => line)).toEqual([4, 5]);
  });
});

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
  for (const hour of Array.from({ length: 24 }, (_unused, index) => index)) {
    const { accepted, deferred, blocked } = pool.offer(1, hour, 1_000 + hour);
    expect(accepted + deferred + blocked).toBe(1_000 + hour);
  }
});

describe("forecast", () => {
  const folder = mkdtempSync(join(tmpdir(), "ses-warmup-forecast-"));
  const weekdays = (count: number) => (day: number) => (day % 7 < 5 ? count : count / 2);
  const mail = [
    ...rows(42, weekdays(6_000)),
    ...rows(42, weekdays(2_000), "microsoft"),
    ...rows(42, () => 20, "apple"),
  ];
  const lines = mail.map(({ day, provider, recipients }) => `${day},${provider},${recipients}`);
  writeFileSync(join(folder, "own.csv"), ["date,provider,count", ...lines, "2026-13-01,gmail,1"].join("\n"));

  async function run(...args: string[]) {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await runCommand(["forecast", ...args], {
      env: {},
      root: folder,
      folder,
      out: (line) => out.push(line),
      err: (line) => err.push(line),
    });
    return { code, out: out.join("\n"), err: err.join("\n") };
  }
  const own = ["--history", "own.csv", "--seeds", "6", "--days", "42"];

  test("tells when each provider is carried, what leaves elsewhere, IPs kept warm and cost", async () => {
    const { code, out, err } = await run(...own, "--ips", "2", "--json");
    expect(code).toBe(0);
    expect(err).toContain('own.csv line 128 is left out: date "2026-13-01"');
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

describe("the deployment's own counters", () => {
  const tables = useTables();
  const folder = mkdtempSync(join(tmpdir(), "ses-warmup-counted-"));
  const names = freshNames("pool");
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  async function deploymentOf(...pools: string[]): Promise<string> {
    const { client } = tables();
    const endpoint = await client.config.endpoint?.();
    const environment = {
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "cli",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_ENDPOINT_URL_DYNAMODB: `http://${endpoint?.hostname}:${endpoint?.port}`,
    };
    for (const name of Object.keys(environment)) vi.stubEnv(name, "");
    const queue = "http://127.0.0.1:1/000000000000/";
    const deployment = {
      configuration: {
        identities: ["example.com"],
        pools: Object.fromEntries(pools.map((pool) => [pool, { ips: [] }])),
        streams: {},
        plans: { ours: { startPerIp: 10, growthPerDay: 1.5 } },
      },
      ...{ stateTable: "state", ledgerTable: "ledger", heldTable: "held" },
      ...{ sendQueueUrl: `${queue}send`, parkedQueueUrl: `${queue}parked`, quarantineQueueUrl: `${queue}quarantine` },
      environment,
    };
    const file = join(folder, `${pools.join("-")}.json`);
    writeFileSync(file, JSON.stringify(deployment));
    return file;
  }

  async function run(...args: string[]) {
    const [out, err]: [string[], string[]] = [[], []];
    const terminal = {
      env: {},
      root: folder,
      folder,
      out: (line: string) => out.push(line),
      err: (line: string) => err.push(line),
    };
    const code = await runCommand(args, terminal);
    return { code, out: out.join("\n"), err: err.join("\n") };
  }

  test("stand for a history, with the deployment's own plans", async () => {
    const pool = names();
    const file = await deploymentOf(pool);
    const days = Array.from({ length: 14 }, (_unused, index) =>
      dayFacts({ day: dayAfter(today, index - 14), used: 500, established: 0, shared: 1_500 }),
    );
    await new DynamoProgress(tables().client, "state").write(pool, "gmail", days);
    const forecast = await run("forecast", "--deployment", file, "--plan", "ours", "--seeds", "2", "--json");
    expect(forecast).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(forecast.out)).toMatchObject({
      plan: "ours",
      start: today,
      providers: [{ provider: "gmail", mailPerDay: 2_000 }],
    });
    const advice = await run("advise", "--deployment", file, "--json");
    expect(JSON.parse(advice.out)).toMatchObject({ verdict: "not yet", recipientsPerDay: 2_000, days: 14 });
  });

  test("are those of one pool, which has had mail", async () => {
    const [one, other] = [names(), names()];
    const file = await deploymentOf(one, other);
    const whose = await run("forecast", "--deployment", file);
    expect(whose.err).toContain(`Whose mail? Name a pool with --pool (${one}, ${other})`);
    const none = await run("forecast", "--deployment", file, "--pool", one);
    expect(none.code).toBe(2);
    expect(none.err).toContain(`Pool ${one} has no closed day with mail yet`);
  });
});
