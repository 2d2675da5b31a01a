import { once } from "node:events";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

test("an option that does not fit is refused in words", async () => {
  const { code } = await new StartCommand("--days", "none").ended();
  expect(code).not.toBe(0);
  const exit = new StartCommand("--exit");
  expect((await exit.ended()).code).not.toBe(0);
  expect(exit.errors).toContain("--exit: expected --days N");
});

test("what is in the way is told at once, in one line, and nothing is touched", async () => {
  const theirs = folder();
  writeFileSync(join(theirs, "photo.jpg"), "theirs");
  const refused = new StartCommand("--idle", "--data-dir", theirs);
  expect((await refused.ended()).code).toBe(1);
  expect(refused.errors).toMatch(/^\S+ is not empty and no data folder of ses-warmup: [^\n]*--data-dir\n$/);
  expect(readdirSync(theirs)).toEqual(["photo.jpg"]);

  const unlisted = new StartCommand("--idle", "--lease-later", "192.0.2.99@3", "--data-dir", folder());
  expect((await unlisted.ended()).code).toBe(1);
  expect(unlisted.errors).toMatch(/^--lease-later: no pool of \S+ lists 192\.0\.2\.99: expected one of [^\n]*\n$/);
});

test("a taken port is told before anything is started", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  const start = new StartCommand("--idle", "--port", String(port), "--data-dir", folder());
  expect((await start.ended()).code).toBe(1);
  expect(start.errors).toMatch(new RegExp(`^port ${port} is taken: [^\\n]*--port[^\\n]*\\n$`));
  taken.close();
});

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
