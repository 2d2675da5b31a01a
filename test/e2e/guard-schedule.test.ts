import { PutAccountDedicatedIpWarmupAttributesCommand, PutDedicatedIpInPoolCommand } from "@aws-sdk/client-sesv2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DynamoLifeCycles } from "../../shared/adapters/dynamo/life-cycles.ts";
import { DynamoRampRecord } from "../../shared/adapters/dynamo/ramp-record.ts";
import { dayAfter, dayMs, utcDay } from "../../shared/domain/utc-day.ts";
import { enqueue, mail } from "./application.ts";
import { letPass, type RunningSystem, startAtMidnight } from "./run-locally.ts";

let running: RunningSystem;

beforeAll(async () => {
  running = await startAtMidnight();
  const { system } = running;
  // A day that would let the allowance grow.
  const bodies = Array.from({ length: 30 }, (_, n) => mail(`m-${n}`, `p${n}@gmail.com`, { stream: "receipts" }));
  await enqueue(system.clients.queues, system.queueUrl("SendPathSendQueue"), bodies);
  await system.settle();
}, 120_000);

afterAll(() => running.system.close());

const lifeCycles = () => {
  const { system } = running;
  return new DynamoLifeCycles(system.clients.tables, system.name("AWS::DynamoDB::GlobalTable", "StateTable"));
};
const codes = async () => (await lifeCycles().read("transactional")).holds.map(({ code }) => code);

test("an IP moved by hand is found by the schedules alone, and the ramp does not take it for its own", async () => {
  const { system } = running;
  const move = (sesPool: string) =>
    system.clients.mail.send(new PutDedicatedIpInPoolCommand({ Ip: "192.0.2.10", DestinationPoolName: sesPool }));
  await move("marketing-warming");
  await letPass(system, 15); // past ten minutes after the hour: one check
  expect(await codes()).toContain("ip-moved");
  await letPass(system, 120); // two runs of the ramp and two checks more
  expect(await codes()).toContain("ip-moved");
  await move("transactional-warming");
  await letPass(system, 65);
  expect(await codes()).toEqual([]);
}, 120_000);

test("SES's own warm-up switched on holds the ramp: the next day is no higher, and says why", async () => {
  const { system } = running;
  const today = utcDay(system.clock.nowMs());
  await system.clients.mail.send(new PutAccountDedicatedIpWarmupAttributesCommand({ AutoWarmupEnabled: true }));
  await letPass(system, 65);
  expect(await codes()).toContain("auto-warm-up-on");
  await system.jumpTo(Date.parse(today) + dayMs + 60_000);
  const record = new DynamoRampRecord(system.clients.tables, system.name("AWS::DynamoDB::GlobalTable", "StateTable"));
  const decisions = await record.decisions("transactional", today, dayAfter(today, 1));
  const gmail = decisions.filter(({ provider, route }) => provider === "gmail" && route === "warming");
  expect(gmail).toMatchObject([
    { day: today, allowance: 20, rule: "start" },
    { allowance: 20, rule: "held" },
  ]);
  expect(gmail[1]?.why).toContain("automatic warm-up is on");
}, 120_000);
