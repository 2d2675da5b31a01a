import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  CreateEmailIdentityCommand,
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetDedicatedIpCommand,
  SendEmailCommand,
} from "@aws-sdk/client-sesv2";
import { expect, onTestFinished, test } from "vitest";
import { startSesEngine } from "../../infra/local/engines/ses/engine.ts";
import {
  clientOf,
  createSet,
  hourMs,
  knownAddresses,
  openEngine,
  openSendingEngine,
  providerOf,
  simple,
  startMs,
  validated,
} from "../support/ses-engine.ts";

function databaseFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "ses-engine-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "ses.db");
}

test("an engine that was closed goes on: account, mail, quota, retries and the providers' memory", async () => {
  const file = databaseFile();
  const clock = { nowMs: () => startMs };
  const before = await openSendingEngine({ databaseFile: file, pool: "warming", prior: "strict", seed: 3, clock });
  const readers = knownAddresses("gmail.com", 800);
  for (let i = 0; i < readers.length && before.engine.nextDueMs() === undefined; i += 50) {
    for (const reader of readers.slice(i, i + 50)) {
      await before.send({ ConfigurationSetName: "news", Destination: { ToAddresses: [reader] } });
    }
  }
  await before.engine.idle();
  const [kept, due, page] = [before.engine.outbox(0, 5000), before.engine.nextDueMs(), before.engine.page()];
  await before.engine.close();

  const after = await openEngine({ databaseFile: file, prior: "strict", seed: 3 });
  expect(after.engine.outbox(0, 5000)).toEqual(kept);
  expect(after.engine.nextDueMs()).toBe(due);
  expect(after.engine.page()).toBe(page);
  const set = await after.client.send(new GetConfigurationSetCommand({ ConfigurationSetName: "news" }));
  expect(set.DeliveryOptions?.SendingPoolName).toBe("warming");
  const { DedicatedIp } = await after.client.send(new GetDedicatedIpCommand({ Ip: "203.0.113.7" }));
  expect(DedicatedIp?.PoolName).toBe("warming");
  const account = await after.client.send(new GetAccountCommand());
  expect(account.SendQuota?.SentLast24Hours).toBe(kept.length);
  await after.moveTo(startMs + hourMs / 2);
  expect(after.events.filter(({ eventType }) => eventType === "DeliveryDelay").length).toBeGreaterThan(0);
  const id = await after.send({ ConfigurationSetName: "news", Destination: { ToAddresses: ["next@gmail.com"] } });
  expect(kept.map(({ messageId }) => messageId)).not.toContain(id);
});

test("a killed process loses no accepted mail and no event", async () => {
  const file = databaseFile();
  const script = new URL("../support/ses-engine-process.ts", import.meta.url);
  const child = spawn(process.execPath, [fileURLToPath(script), file], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(child.stdout, "data");
  const client = clientOf(String(line).trim());
  await client.send(new CreateEmailIdentityCommand({ EmailIdentity: "example.com" }));
  await createSet(client, "news");
  const input = { FromEmailAddress: "shop@example.com", ConfigurationSetName: "news", Content: simple() };
  const Destination = { ToAddresses: ["success@simulator.amazonses.com"] };
  const ids: (string | undefined)[] = [];
  for (let i = 0; i < 5; i++) ids.push((await client.send(new SendEmailCommand({ ...input, Destination }))).MessageId);
  child.kill("SIGKILL");
  await once(child, "exit");
  client.destroy();

  const bodies: string[] = [];
  const publish = async (_topic: string, messages: string[]): Promise<void> => void bodies.push(...messages);
  const engine = await startSesEngine({ clock: { nowMs: () => startMs }, publish, providerOf, databaseFile: file });
  await engine.idle();
  expect(engine.outbox(0).map(({ messageId }) => messageId)).toEqual(ids);
  const events = bodies.filter((body) => body !== validated).map((body) => JSON.parse(body));
  expect(events.map(({ eventType, mail }) => [eventType, mail.messageId])).toEqual(
    ids.flatMap((id) => [
      ["Send", id],
      ["Delivery", id],
    ]),
  );
  await engine.close();
});
