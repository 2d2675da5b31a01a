import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateDedicatedIpPoolCommand } from "@aws-sdk/client-sesv2";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { runCommand } from "../../cli/run-command.ts";
import { verbs } from "../../cli/verbs.ts";
import { type EventBus, startEventBus } from "../../infra/local/engines/event-bus.ts";
import { DynamoWalls } from "../../shared/adapters/dynamo/walls.ts";
import type { ConfigurationInput } from "../../shared/contracts/configuration.ts";
import { planPresets } from "../../shared/domain/warm-up/plan-presets.ts";
import { freshNames } from "../support/builders.ts";
import { openEngine, startMs } from "../support/ses-engine.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const folder = mkdtempSync(join(tmpdir(), "ses-warmup-verbs-"));
const newName = freshNames("pool");

/** Pools of the deployment in the test under way, one IP each; names are fresh, since the tables are kept. */
let [news, receipts] = ["", ""];
const newsIp = "192.0.2.10";
const file = join(folder, "deployment.json");
let bus: EventBus;

beforeEach(async () => {
  [news, receipts] = [newName(), newName()];
  const { client, engine } = await openEngine();
  for (const name of [news, receipts].flatMap((pool) => [`${pool}-warming`, `${pool}-established`])) {
    await client.send(new CreateDedicatedIpPoolCommand({ PoolName: name }));
  }
  engine.leaseIp(newsIp);
  bus = await startEventBus(join(folder, "events.jsonl"));
  const { client: tableClient } = tables();
  const endpoint = await tableClient.config.endpoint?.();
  const configuration: ConfigurationInput = {
    identities: ["example.com"],
    pools: { [news]: { ips: [newsIp], plan: "ours" }, [receipts]: { ips: ["192.0.2.20"], plan: "sendgrid" } },
    streams: { newsletter: { pool: news } },
    plans: { ours: { startPerIp: 10, growthPerDay: 1.5, providers: { yahoo: { startPerIp: 5 } } } },
  };
  const environment = {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "cli",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_ENDPOINT_URL_DYNAMODB: `http://${endpoint?.hostname}:${endpoint?.port}`,
    AWS_ENDPOINT_URL_SESV2: engine.url,
    AWS_ENDPOINT_URL_EVENTBRIDGE: bus.url,
  };
  for (const name of Object.keys(environment)) vi.stubEnv(name, "");
  const queue = "http://127.0.0.1:1/000000000000/";
  const deployment = {
    configuration,
    stateTable: "state",
    ledgerTable: "ledger",
    heldTable: "held",
    sendQueueUrl: `${queue}send`,
    parkedQueueUrl: `${queue}parked`,
    quarantineQueueUrl: `${queue}quarantine`,
    environment,
    clock: { realMs: 0, virtualMs: startMs, rate: 0 },
  };
  writeFileSync(file, JSON.stringify(deployment));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await bus.close();
});

async function run(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCommand(args, {
    env: { SES_WARMUP_DEPLOYMENT: file },
    root: folder,
    folder,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

async function json(...args: string[]) {
  const { out, ...ended } = await run(...args, "--json");
  expect(out.split("\n")).toHaveLength(1);
  return { ...ended, found: JSON.parse(out) };
}

const changes = ["start", "pause", "resume", "restart", "complete", "disable", "enable"] as const;

test("every verb of an operator is there", () => {
  expect([...verbs.keys()]).toEqual(
    expect.arrayContaining(["status", "ips", "plan", ...changes, "audit", "repair", "lift"]),
  );
});

describe.each(changes)("%s", (verb) => {
  test("asks which pool, and says what to type", async () => {
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
    const { code, out, err } = await run(verb, ...given.map((word) => (word === "NEWS" ? news : word)));
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
  });
});

describe("a change", () => {
  test("is told in words; repeated it ends with 0 too", async () => {
    expect(await run("pause", "--pool", news)).toEqual({
      code: 0,
      out: `pool ${news} is paused: nothing leaves by its warming IPs`,
      err: "",
    });
    expect(await run("pause", "--pool", news)).toEqual({ code: 0, out: `pool ${news} is paused already`, err: "" });
  });

  test("is one JSON object with each pool's result", async () => {
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
    const { code, found } = await json("pause", "--pool", news, "--provider", "gmail");
    expect([code, found.pools[0].says]).toEqual([
      0,
      `gmail in pool ${news} is paused: nothing leaves to it by warming IPs`,
    ]);
  });

  test("that starts a warm-up moves the pool's IPs before it returns", async () => {
    await run("restart", "--pool", news);
    const { found } = await json("ips");
    expect(found.ips).toMatchObject([
      { ip: newsIp, pool: news, state: "warming", sesPool: `${news}-warming`, since: "2026-11-02", warmUpDay: 1 },
      { ip: "192.0.2.20", pool: receipts, state: "not-listed-by-ses" },
    ]);
  });
});

describe("ips", () => {
  test("is a table for a person", async () => {
    await run("start", "--pool", news);
    const { code, out, err } = await run("ips");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.split("\n")[0]).toMatch(/^IP +pool +SES pool +state +% +since +day$/);
    expect(out).toContain(`${newsIp}  `);
    expect(out).toContain("not listed by SES");
  });

  test("ends with 1 and what to check when SES does not answer", async () => {
    vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
    const deployment = JSON.parse(readFileSync(file, "utf8"));
    deployment.environment.AWS_ENDPOINT_URL_SESV2 = "http://127.0.0.1:1";
    writeFileSync(file, JSON.stringify(deployment));
    const { code, out, err } = await run("ips", "--json");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/^ips failed: .*ECONNREFUSED.*\. Check the Region/);
  });
});

describe("plan", () => {
  test("names each pool's plan, where providers differ, and the next days", async () => {
    const { code, found } = await json("plan", "--pool", news);
    expect(code).toBe(0);
    expect(found.pools).toHaveLength(1);
    expect(found.pools[0]).toMatchObject({
      pool: news,
      name: "ours",
      plan: { startPerIp: 10, growthPerDay: 1.5 },
      differs: [{ provider: "yahoo", changes: { startPerIp: 5 } }],
    });
    const of = (provider: string) =>
      found.pools[0].next.find((each: { provider: string }) => each.provider === provider);
    expect(of("other").days.map(({ allowance }: { allowance: number }) => allowance)).toEqual([
      10, 15, 22, 33, 49, 73, 109,
    ]);
    expect(of("yahoo").days[0]).toEqual({ day: "2026-11-02", allowance: 5 });
  });

  test("is told in words for every pool", async () => {
    const { out } = await run("plan");
    expect(out).toContain(`pool ${news}: plan ours`);
    expect(out).toContain(`pool ${receipts}: plan sendgrid`);
    expect(out).toContain("yahoo: startPerIp 5");
    expect(out).toContain("by a table of 15 days");
  });

  test("--list needs no deployment and names every plan and published table with its source", async () => {
    const { code, found } = await json("plan", "--list", "--deployment", "none.json");
    expect(code).toBe(0);
    const plans: { name: string; source?: string; table?: number[]; growthPerDay?: number }[] = found.plans;
    expect(plans.map(({ name }) => name)).toEqual(Object.keys(planPresets));
    expect(plans.find(({ name }) => name === "sendgrid")).toMatchObject({
      source: expect.stringContaining("SendGrid"),
    });
    expect(plans.find(({ name }) => name === "cautious")).toMatchObject({ growthPerDay: 1.26 });
    expect((await run("plan", "--list")).out).toContain("braze-moderate: 50, 100, 500");
  });

  test.each([
    [["--pool", "nws"], "nws is not a pool of this deployment"],
    [["--list", "--pool", "x"], "--list is about no pool"],
  ])("refuses %j", async (given, sentence) => {
    const { code, err } = await run("plan", ...given);
    expect([code, err.includes(sentence)]).toEqual([2, true]);
  });
});

describe("audit", () => {
  test("tells who did what, newest first", async () => {
    expect((await run("audit")).out).toBe("Nothing is on record yet.");
    await run("pause", "--pool", receipts);
    const { code, found } = await json("audit", "--pool", receipts);
    expect(code).toBe(0);
    expect(found.entries).toMatchObject([
      { at: "2026-11-02T00:00:00.000Z", by: "operator", pool: receipts, action: "pause" },
    ]);
    expect((await run("audit")).out).toMatch(/^2026-11-02 00:00:00 +pool\d+ +operator +pause/m);
  });

  test.each([["0"], ["many"], ["1.5"], ["1001"]])("refuses --limit %s", async (limit) => {
    const { code, err } = await run("audit", "--limit", limit);
    expect([code, err]).toEqual([2, `audit: --limit ${limit}: expected a whole number from 1 to 1000.`]);
  });

  test("refuses a pool nobody defined", async () => {
    expect((await run("audit", "--pool", "nws")).code).toBe(2);
  });
});

describe("lift", () => {
  const walls = () => new DynamoWalls(tables().client, tables().state);
  const wall = { level: "no-warming", cause: "bounces", why: "70 of 1000 bounced", sinceMs: startMs } as const;

  async function raise() {
    const [newsletter] = (await walls().read()).filter(({ stream }) => stream === "newsletter");
    const record = { version: 0, ...newsletter, stream: "newsletter", pool: news };
    await walls().write({ ...record, wall: { stream: "newsletter", pool: news, ...wall }, liftedDay: undefined });
  }

  test.each([
    [[], 'Which stream? Type "lift STREAM"; its streams: newsletter.'],
    [["nws"], "nws is not a stream of this deployment; its streams: newsletter."],
    [["newsletter", "other"], "other: expected one stream at a time."],
  ])("refuses %j with what was expected", async (given, sentence) => {
    const { code, out, err } = await run("lift", ...given);
    expect({ code, out, err }).toEqual({ code: 2, out: "", err: `lift: ${sentence}` });
  });

  test("ends the wall, which status and audit tell", async () => {
    await raise();
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
    await raise();
    expect(await json("lift", "newsletter")).toMatchObject({ code: 0, found: { result: "lifted" } });
    const { code, err, found } = await json("lift", "newsletter");
    expect([code, err]).toEqual([1, "lift refused: stream newsletter is behind no wall"]);
    expect(found).toEqual({ stream: "newsletter", result: "refused", says: "stream newsletter is behind no wall" });
  });
});

describe("repair", () => {
  test.each([
    [[], "Which finding?"],
    [["ip-lost"], "ip-lost is not a code of the guard"],
    [["ip-moved", "ip-released"], "one code at a time"],
    [["ip-moved", "--pool", "nws"], "nws is not a pool"],
  ])("refuses %j with what was expected", async (given, sentence) => {
    const { code, out, err } = await run("repair", ...given);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
  });

  test("ends with 0 when nothing is found any more", async () => {
    const { code, found } = await json("repair", "ip-moved", "--pool", news);
    expect([code, found]).toMatchObject([0, { code: "ip-moved", pool: news, result: "nothing-found" }]);
  });
});
