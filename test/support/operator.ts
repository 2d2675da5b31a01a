import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateDedicatedIpPoolCommand } from "@aws-sdk/client-sesv2";
import { expect, onTestFinished, vi } from "vitest";
import * as z from "zod";
import { startEventBus } from "../../infra/local/engines/event-bus.ts";
import { freshNames } from "./builders.ts";
import { typeCommand } from "./command.ts";
import { writeDeployment } from "./deployment-file.ts";
import { openEngine, startMs } from "./ses-engine.ts";
import type { Tables } from "./tables.ts";

const newName = freshNames("pool");

/** The IP of the pool `news`. */
export const newsIp = "192.0.2.10";

const PublishedEvent = z.object({ DetailType: z.string(), detail: z.record(z.string(), z.unknown()) });
type PublishedEvent = z.output<typeof PublishedEvent>;

/**
 * Somebody who types commands for a deployment of two pools, on 2026-11-02: `news`, of the stream `newsletter`, by the
 * plan `ours`; and `receipts` by the plan `sendgrid`, whose IP 192.0.2.20 SES does not list. The pools' names are
 * fresh, since the tables are kept for the tests after it.
 */
export async function anOperator(tables: Tables) {
  const [news, receipts] = [newName(), newName()];
  const { client, engine } = await openEngine();
  for (const name of [news, receipts].flatMap((pool) => [`${pool}-warming`, `${pool}-established`])) {
    await client.send(new CreateDedicatedIpPoolCommand({ PoolName: name }));
  }
  engine.leaseIp(newsIp);
  const folder = mkdtempSync(join(tmpdir(), "ses-warmup-verbs-"));
  const events = join(folder, "events.jsonl");
  const bus = await startEventBus(events);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await bus.close();
  });
  const file = join(folder, "deployment.json");
  await writeDeployment(file, {
    tables,
    configuration: {
      identities: ["example.com"],
      pools: { [news]: { ips: [newsIp], plan: "ours" }, [receipts]: { ips: ["192.0.2.20"], plan: "sendgrid" } },
      streams: { newsletter: { pool: news } },
      plans: { ours: { startPerIp: 10, growthPerDay: 1.5, providers: { yahoo: { startPerIp: 5 } } } },
    },
    environment: { AWS_ENDPOINT_URL_SESV2: engine.url, AWS_ENDPOINT_URL_EVENTBRIDGE: bus.url },
    stoppedAtMs: startMs,
  });
  const run = (...args: string[]) => typeCommand(folder, args, { SES_WARMUP_DEPLOYMENT: file });
  return {
    news,
    receipts,
    file,
    ses: client,
    run,
    /** Domain events so far, in order. */
    published(): PublishedEvent[] {
      if (!existsSync(events)) return [];
      const lines = readFileSync(events, "utf8").trimEnd().split("\n");
      return lines.map((line) => PublishedEvent.parse(JSON.parse(line)));
    },
    /** Runs with `--json`, on which one line is written. */
    async json(...args: string[]) {
      const { out, ...ended } = await run(...args, "--json");
      expect(out.split("\n")).toHaveLength(1);
      return { ...ended, found: JSON.parse(out) };
    },
  };
}
