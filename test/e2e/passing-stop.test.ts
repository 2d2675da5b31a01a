import { afterAll, beforeAll, expect, test } from "vitest";
import { allSent } from "../../infra/local/run/summary.ts";
import { idOfMessageTag } from "../../shared/domain/sending/message-tag.ts";
import { enqueue, mail, setAsideIn } from "./application.ts";
import { type RunningSystem, startAtMidnight } from "./run-locally.ts";

const minuteMs = 60_000;
const messages = 30;
/** What the first day of the pool of receipts has room for at gmail. */
const room = 20;
const pausedMinutes = 10;
/** A paused configuration set is asked again after so long. */
const circuitMinutes = 2;

let running: RunningSystem;
let startMs: number;

beforeAll(async () => {
  running = await startAtMidnight();
  const { system } = running;
  startMs = system.clock.nowMs();
  system.orderSends({ kind: "set-paused", set: "shared" }, pausedMinutes * 60);
  const bodies = Array.from({ length: messages }, (_, n) => mail(`r-${n}`, `r-${n}@gmail.com`, { stream: "receipts" }));
  await enqueue(system.clients.queues, system.queueUrl("SendPathSendQueue"), bodies);
  await system.settle();
  for (let minute = 1; minute <= pausedMinutes + 10; minute += 1) await system.jumpTo(startMs + minute * minuteMs);
}, 300_000);

afterAll(() => running.system.close());

const minutesLate = (route: string) =>
  allSent(running.system)
    .filter(({ tags }) => tags["sw-route"] === route)
    .map(({ sentAtMs }) => (sentAtMs - startMs) / minuteMs);

test("what has room leaves at once, though the overflow is stopped", () => {
  expect(minutesLate("warming")).toHaveLength(room);
  expect(Math.max(...minutesLate("warming"))).toBeLessThanOrEqual(1);
});

test("mail that overflows leaves within a minute of the circuit's end", () => {
  const late = minutesLate("shared");
  expect(late).toHaveLength(messages - room);
  expect(Math.min(...late)).toBeGreaterThanOrEqual(pausedMinutes);
  expect(Math.max(...late)).toBeLessThanOrEqual(pausedMinutes + circuitMinutes + 1);
});

test("each message is sent once, and none is set aside", async () => {
  const sent = allSent(running.system).map(({ id }) => idOfMessageTag(id));
  expect(new Set(sent).size).toBe(messages);
  expect(sent).toHaveLength(messages);
  expect(await setAsideIn(running.system, "quarantine")).toEqual([]);
});
