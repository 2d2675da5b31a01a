import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { DynamoProgress } from "../../shared/adapters/dynamo/progress.ts";
import { dayAfter } from "../../shared/domain/utc-day.ts";
import { dayFacts, freshNames, today } from "../support/builders.ts";
import { typeCommand } from "../support/command.ts";
import { writeDeployment } from "../support/deployment-file.ts";
import { useTables } from "../support/tables.ts";

describe("the deployment's own counters", () => {
  const tables = useTables();
  const folder = mkdtempSync(join(tmpdir(), "ses-warmup-counted-"));
  const names = freshNames("pool");
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  async function deploymentOf(...pools: string[]): Promise<string> {
    const file = join(folder, `${pools.join("-")}.json`);
    const configuration = {
      identities: ["example.com"],
      pools: Object.fromEntries(pools.map((pool) => [pool, { ips: [] }])),
      streams: {},
      plans: { ours: { startPerIp: 10, growthPerDay: 1.5 } },
    };
    await writeDeployment(file, { tables: tables(), configuration });
    return file;
  }
  const run = (...args: string[]) => typeCommand(folder, args);

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
