import { CreateDedicatedIpPoolCommand, PutDedicatedIpInPoolCommand } from "@aws-sdk/client-sesv2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allSent } from "../../infra/local/run/summary.ts";
import { idOfMessageTag } from "../../shared/domain/sending/message-tag.ts";
import { typeCommand } from "../support/command.ts";
import { enqueue, mail, setAsideIn } from "./application.ts";
import { type RunningSystem, startAtMidnight } from "./run-locally.ts";

const minuteMs = 60_000;

/** The only IP of the pool of receipts, which may overflow. */
const ip = "192.0.2.10";

let running: RunningSystem;
const enqueued: string[] = [];
const minutesBefore = 5;
const perMinute = 2;
const before = minutesBefore * perMinute;

const sent = () => allSent(running.system).map(({ id, tags }) => ({ id: idOfMessageTag(id), route: tags["sw-route"] }));

async function pass(minutes: number): Promise<void> {
  const { system } = running;
  for (let minute = 0; minute < minutes; minute += 1) {
    const ids = Array.from({ length: perMinute }, (_, n) => `m-${enqueued.length + n}`);
    enqueued.push(...ids);
    const bodies = ids.map((id) =>
      mail(id, `${id}@${id.endsWith("0") ? "gmail.com" : "yahoo.com"}`, { stream: "receipts" }),
    );
    await enqueue(system.clients.queues, system.queueUrl("SendPathSendQueue"), bodies);
    await system.jumpTo(system.clock.nowMs() + minuteMs);
  }
}

/** What the operator's command says of the pool. */
async function command(...args: string[]) {
  const { out } = await typeCommand(running.folder, [...args, "--json"], {
    SES_WARMUP_DEPLOYMENT: `${running.folder}/deployment.json`,
  });
  return out;
}

beforeAll(async () => {
  running = await startAtMidnight();
  const { system } = running;
  await system.jumpTo(system.clock.nowMs() + (12 * 60 - minutesBefore) * minuteMs);
  await pass(minutesBefore);
  await system.clients.mail.send(new CreateDedicatedIpPoolCommand({ PoolName: "by-hand" }));
  await system.clients.mail.send(new PutDedicatedIpInPoolCommand({ Ip: ip, DestinationPoolName: "by-hand" }));
  await pass(60);
  await system.jumpTo(system.clock.nowMs() + 5 * minuteMs);
}, 300_000);

afterAll(() => running.system.close());

test("before, mail left by the IP; after, all of it overflows to shared IPs, each message once", () => {
  const routes = new Map(sent().map(({ id, route }) => [id, route]));
  expect(sent()).toHaveLength(enqueued.length);
  expect(enqueued.map((id) => routes.get(id))).toEqual(
    enqueued.map((_, index) => (index < before ? "warming" : "shared")),
  );
});

test("nothing is in quarantine or in dead letters", async () => {
  const found = [await setAsideIn(running.system, "quarantine"), await setAsideIn(running.system, "dead-letters")];
  expect(found).toEqual([[], []]);
});

test("the route's day is closed within the hour, and the operator is told", async () => {
  const { pools } = JSON.parse(await command("status"));
  const { providers } = pools.find(({ pool }: { pool: string }) => pool === "transactional");
  expect(providers.map(({ allowance }: { allowance: number }) => allowance)).toEqual(providers.map(() => 0));
  expect(await command("audit")).toContain("transactional-warming has no IPs any more");
});
