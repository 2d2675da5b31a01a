import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { clockOf, readDeployment } from "../../cli/deployment.ts";
import { runCommand } from "../../cli/run-command.ts";
import { statusText } from "../../cli/status-text.ts";
import { wallLines } from "../../cli/streams-text.ts";
import { alignedTable } from "../../cli/table.ts";
import type { Terminal } from "../../cli/terminal.ts";
import type { ConfigurationInput } from "../../shared/contracts/configuration.ts";

const folder = mkdtempSync(join(tmpdir(), "ses-warmup-cli-"));
const configuration: ConfigurationInput = {
  identities: ["example.com"],
  pools: { news: { ips: ["192.0.2.10"] } },
  streams: { newsletter: { pool: "news" } },
};
const deployment = {
  configuration,
  stateTable: "state",
  ledgerTable: "ledger",
  heldTable: "held",
  sendQueueUrl: "http://127.0.0.1:1/000000000000/send",
  parkedQueueUrl: "http://127.0.0.1:1/000000000000/parked",
  quarantineQueueUrl: "http://127.0.0.1:1/000000000000/quarantine",
};

function aFile(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

function aTerminal(env: Terminal["env"] = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    env,
    root: join(folder, "no-local-run"),
    folder,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  };
  return { terminal, out, err };
}

async function run(args: readonly string[], env?: Terminal["env"]) {
  const { terminal, out, err } = aTerminal(env);
  const code = await runCommand(args, terminal);
  return { code, out: out.join("\n"), err: err.join("\n") };
}

describe("the command", () => {
  test.each(["help", "--help", "-h"])("lists its verbs on %s", async (word) => {
    const { code, out, err } = await run([word]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^ {2}status +today's split.*\[--json\] \[--deployment FILE \| --data-dir DIR\]$/m);
  });

  test.each([
    ["no verb", [], "A verb was expected"],
    ["an unknown verb", ["warm"], "warm is not a verb"],
    ["a verb that every object has", ["constructor"], "constructor is not a verb"],
    ["an unknown option", ["status", "--all"], "status: Unknown option '--all'"],
    ["an option without its value", ["status", "--deployment"], "status: Option '--deployment <value>'"],
    ["an argument too many", ["status", "now"], "status: Unexpected argument 'now'"],
  ])("refuses %s with what was expected", async (_what, args, sentence) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
    expect(err).toMatch(/cli -- help|Expected: status \[--json\]/);
  });
});

describe("the deployment file", () => {
  test("is asked for when there is none, and no local system runs", async () => {
    const { code, err } = await run(["status"]);
    expect(code).toBe(2);
    expect(err).toContain("No local system of this checkout runs");
    expect(err).toContain("--deployment FILE");
    expect(err).toContain("SES_WARMUP_DEPLOYMENT");
    expect(err).toContain("npm start");
  });

  test("is read from the option before the environment, relative to where the command was called", () => {
    aFile("option.json", { ...deployment, stateTable: "by-option" });
    aFile("environment.json", { ...deployment, stateTable: "by-environment" });
    const { terminal } = aTerminal({ SES_WARMUP_DEPLOYMENT: "environment.json" });
    expect(readDeployment({ deployment: "option.json" }, terminal).stateTable).toBe("by-option");
    expect(readDeployment({}, terminal).stateTable).toBe("by-environment");
  });

  test("is refused with every error in it", async () => {
    const environment = { PATH: "/tmp" };
    const path = aFile("wrong.json", { ...deployment, stateTable: "", sendQueueUrl: 7, environment });
    const { code, err } = await run(["status", "--deployment", path]);
    expect(code).toBe(2);
    expect(err).toContain("stateTable: expected a name");
    expect(err).toContain("sendQueueUrl: expected the URL of an SQS queue");
    expect(err).toContain("environment.PATH:");
  });

  test("is refused when it is no JSON", async () => {
    const { code, err } = await run(["status"], { SES_WARMUP_DEPLOYMENT: aFile("text.json", "{") });
    expect(code).toBe(2);
    expect(err).toContain("cannot be read as JSON");
  });

  test("may bring a clock of its own", () => {
    const realMs = Date.now();
    const clock = { realMs, virtualMs: realMs + 40 * 86_400_000, rate: 1 };
    const read = readDeployment({ deployment: aFile("clock.json", { ...deployment, clock }) }, aTerminal().terminal);
    expect(clockOf(read).nowMs()).toBeGreaterThanOrEqual(clock.virtualMs);
    expect(clockOf(read).nowMs()).toBeLessThan(clock.virtualMs + 60_000);
  });
});

describe("status", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test("ends with 1 and the reason when AWS does not answer", async () => {
    const environment = {
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_ENDPOINT_URL_DYNAMODB: "http://127.0.0.1:1",
      AWS_ENDPOINT_URL_SQS: "http://127.0.0.1:1",
      AWS_MAX_ATTEMPTS: "1",
    };
    for (const name of Object.keys(environment)) vi.stubEnv(name, "");
    const path = aFile("silent.json", { ...deployment, environment });
    const { code, out, err } = await run(["status", "--json", "--deployment", path]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/^status failed: .*ECONNREFUSED.*\. Check the Region/);
  });

  test("is told in tables, with what is quiet left to --json", () => {
    const counts = { allowance: 600, used: 0, deferred: 0, blocked: 0, bounced: 0, complained: 0 };
    const reason = { rule: "grow", why: "one step of 1.4" };
    const quietQueue = { visible: 0, inFlight: 0, delayed: 0 };
    const share = { hits: 9, total: 100, low: 0.05, high: 0.15 };
    const lines = statusText({
      day: "2026-11-02",
      pools: [
        {
          pool: "news",
          phase: "warming",
          since: "2026-10-20",
          paused: true,
          byHand: false,
          holds: [
            { code: "ip-moved", sentence: "It was moved. Repair: ses-warmup repair ip-moved", since: "2026-11-01" },
          ],
          ips: [
            { ip: "192.0.2.1", pool: "news", state: "warming" },
            { ip: "192.0.2.2", pool: "news", state: "warming" },
            { ip: "192.0.2.3", pool: "news", state: "not-listed-by-ses" },
          ],
          providers: [
            { provider: "gmail", paused: false, takesLong: false, graduatedOn: "2026-11-01", level: 600, target: 600 },
            { provider: "yahoo", paused: true, takesLong: false, level: 0, target: 600 },
            { provider: "web.de", paused: false, takesLong: true, level: 90, target: 600 },
          ],
          advice: { ips: 2, enough: 1, monthlyUsd: 24.95, says: "pool news: 2 IPs are more than this mail keeps warm" },
          byRoute: { warming: 279, established: 0, shared: 11 },
          allowances: [
            { provider: "microsoft", route: "warming", ...counts, used: 279, deferred: 31, ...reason },
            { provider: "apple", route: "warming", ...counts, ...reason },
          ],
          reference: [
            { provider: "gmail", verdict: "dedicated-worse", trial: share, control: share, why: "9 of 100, 0 of 100" },
            { provider: "yahoo", verdict: "not-yet-known", trial: share, control: share, why: "nothing yet" },
          ],
          history: [],
        },
      ],
      streams: [
        { stream: "receipts", pool: "shared" },
        {
          stream: "letters",
          pool: "news",
          wall: {
            level: "no-warming",
            cause: "bounces",
            why: "70 of 1000 bounced",
            sinceMs: Date.UTC(2026, 10, 1, 23),
          },
        },
      ],
      shared: { accepted: 94 },
      held: 12,
      quarantined: 3,
      deadLetters: 1,
      queues: {
        send: { ...quietQueue, visible: 7 },
        parked: quietQueue,
        quarantine: quietQueue,
        deadLetters: quietQueue,
      },
    });
    expect(lines).toEqual([
      "2026-11-02 (UTC), recipients",
      "",
      "pool    warming  established  shared",
      "news        279            0      11",
      "(none)        0            0      94",
      "",
      "pool  phase    since       IPs                             marks",
      "news  warming  2026-10-20  2 warming, 1 not listed by SES  paused, held",
      "news is held since 2026-11-01 (ip-moved): It was moved. Repair: ses-warmup repair ip-moved",
      "news is complete at gmail (2026-11-01)",
      "news is paused at yahoo",
      "news takes longer than its plan says at web.de",
      "news at gmail: warming IPs do worse than others (9 of 100, 0 of 100)",
      "pool news: 2 IPs are more than this mail keeps warm",
      "stream letters (pool news) is behind a wall since 2026-11-01 (no-warming, bounces): 70 of 1000 bounced",
      "",
      "pool  provider   IPs      allowance  used  deferred  blocked  rule  why",
      "news  microsoft  warming        600   279        31        0  grow  one step of 1.4",
      "without mail today: 1 more, listed by --json",
      "",
      "messages      waiting  in flight  delayed",
      "send                7          0        0",
      "parked              0          0        0",
      "held               12",
      "quarantine          3",
      "dead letters        1",
    ]);
  });
});

test("a table without rows is its headings", () => {
  expect(alignedTable([{ heading: "pool" }, { heading: "used", figures: true }], [])).toEqual(["pool  used"]);
});

test("a wall is told with every pool that its stream's mail may be given", () => {
  const wall = {
    level: "hold-growth",
    cause: "bounces",
    why: "40 of 1000 bounced",
    sinceMs: Date.UTC(2026, 10, 1),
  } as const;
  expect(wallLines([{ stream: "letters", pool: "news", pools: ["news", "shared"], wall }])).toEqual([
    "stream letters (pools news, shared) is behind a wall since 2026-11-01 (hold-growth, bounces): 40 of 1000 bounced",
  ]);
});
