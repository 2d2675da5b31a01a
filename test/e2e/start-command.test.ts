import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import * as z from "zod";
import { mail } from "./application.ts";
import { StartCommand } from "./start-command.ts";

const folder = (): string => mkdtempSync(join(tmpdir(), "ses-warmup-start-"));

const Ready = z.object({
  ready: z.literal(true),
  console: z.string(),
  sendQueueUrl: z.string(),
  region: z.string(),
  endpoints: z.object({ sqs: z.string(), dynamodb: z.string(), sesv2: z.string() }),
});

const Outbox = z.array(
  z.object({
    n: z.number(),
    id: z.string(),
    to: z.array(z.string()),
    configurationSet: z.string(),
    tags: z.record(z.string(), z.string()),
    outcome: z.string(),
  }),
);

test("a program that knows only the ready line enqueues mail and finds it in the outbox", async () => {
  const start = new StartCommand("--idle", "--json", "--port", "0", "--data-dir", folder());
  try {
    const ready = Ready.parse(await start.firstLine());
    const sqs = new SQSClient({
      region: ready.region,
      endpoint: ready.endpoints.sqs,
      credentials: { accessKeyId: "an", secretAccessKey: "application" },
    });
    const body = JSON.stringify(mail("order-8341-receipt", "someone@gmail.com", { stream: "receipts" }));
    await sqs.send(new SendMessageCommand({ QueueUrl: ready.sendQueueUrl, MessageBody: body }));
    const outbox = await until(
      async () => Outbox.parse(await getJson(`${ready.console}/outbox.json?after=0`)),
      (found) => found.length > 0,
    );
    expect(outbox[0]).toMatchObject({
      n: 1,
      id: "order-8341-receipt",
      to: ["someone@gmail.com"],
      configurationSet: "transactional-warming",
      tags: { "sw-pool": "transactional", "sw-route": "warming", "sw-provider": "gmail", "sw-stream": "receipts" },
    });
    expect(await getJson(`${ready.console}/outbox.json?after=1`)).toEqual([]);
    expect(await getJson(`${ready.console}/status.json`)).toMatchObject({
      pools: [{ pool: "transactional", byRoute: { warming: 1 } }, {}],
    });
    const page = await (await fetch(ready.console)).text();
    expect(page).toContain("transactional");
  } finally {
    await start.kill("SIGTERM");
  }
}, 90_000);

test("killed in the middle and started again, it goes on: nothing lost, nothing twice that was not in flight", async () => {
  const data = folder();
  const options = ["--days", "1", "--messages-per-day", "1200", "--exit", "--json", "--data-dir", data];
  const first = new StartCommand(...options);
  await first.says("day 1 of 1");
  await until(
    async () => sent(data).length,
    (count) => count > 300,
  );
  await first.kill("SIGKILL");
  const sentBefore = sent(data).length;
  expect(sentBefore).toBeLessThan(1_100);

  const { code, output } = await new StartCommand(...options).ended();
  expect(code).toBe(0);
  const summary = JSON.parse(output);
  expect(summary).toMatchObject({ accepted: 1_200, overAllowance: 0, unknown: 0, quarantined: 0 });
  expect(summary.sent + summary.held).toBe(summary.accepted);
  const all = sent(data);
  // At most five batches of 25 were in the dispatcher's hands when it was killed.
  expect(all.length - new Set(all).size).toBeLessThanOrEqual(125);
}, 240_000);

test("an option that does not fit is refused in words", async () => {
  const { code } = await new StartCommand("--days", "none").ended();
  expect(code).not.toBe(0);
  const exit = new StartCommand("--exit");
  expect((await exit.ended()).code).not.toBe(0);
  expect(exit.errors).toContain("--exit: expected --days N");
});

/** Ids of all mail the SES engine has accepted, from its file. */
function sent(data: string): string[] {
  try {
    const database = new DatabaseSync(join(data, "ses.db"), { readOnly: true });
    const rows = database.prepare("SELECT warmup_id AS id FROM messages ORDER BY n").all();
    database.close();
    return rows.map(({ id }) => String(id));
  } catch {
    return []; // the engine has not made it yet
  }
}

async function getJson(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

async function until<Found>(look: () => Promise<Found>, enough: (found: Found) => boolean): Promise<Found> {
  for (;;) {
    const found = await look();
    if (enough(found)) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
