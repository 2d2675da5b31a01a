import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allSent } from "../../infra/local/run/summary.ts";
import { declared, type Template } from "../../infra/local/template/template.ts";
import { DynamoBrakes } from "../../shared/adapters/dynamo/brake-record.ts";
import { DynamoRampRecord } from "../../shared/adapters/dynamo/ramp-record.ts";
import { dayAfter, dayMs, utcDay } from "../../shared/domain/utc-day.ts";
import type { RecordedDecision } from "../../shared/ports/ramp-record.ts";
import { enqueue, mail } from "./application.ts";
import { type RunningSystem, startAtMidnight } from "./run-locally.ts";

/** One batch after another: what each writes stands together in the log. */
function oneBatchAtATime(template: Template): void {
  for (const { properties } of declared(template, "AWS::Lambda::EventSourceMapping")) {
    Object.assign(properties, { ScalingConfig: { MaximumConcurrency: 1 } });
  }
}

const hourMs = 3_600_000;
const [gmailPerHour, yahooPerHour] = [25, 10];
/** Gmail defers everything from dedicated IPs from the first of these hours to the second. */
const trouble = { from: 10, to: 13 };

let running: RunningSystem;
let startMs: number;

interface Sent {
  readonly provider: string;
  readonly route: string;
  readonly hour: number;
}

/** Mail of the first day by provider, route and the hour it was enqueued in. */
function sentOnFirstDay(): Sent[] {
  return allSent(running.system)
    .filter(({ tags }) => tags["sw-day"] === utcDay(startMs))
    .map(({ tags }) => ({
      provider: tags["sw-provider"] ?? "",
      route: tags["sw-route"] ?? "",
      hour: Number(/^m(\d+)-/.exec(tags["sw-message"] ?? "")?.[1]),
    }));
}

const warmingTo = (provider: string, hours: (hour: number) => boolean): number =>
  sentOnFirstDay().filter((each) => each.provider === provider && each.route === "warming" && hours(each.hour)).length;

interface LogLine {
  readonly code: string;
  readonly refused?: number;
  readonly until?: string;
}

function feedbackLog(): LogLine[] {
  const logs = join(running.folder, "logs");
  const file = readdirSync(logs).find((name) => name.includes("FeedbackPath")) ?? "";
  const lines = readFileSync(join(logs, file), "utf8").trim().split("\n");
  return lines.flatMap((line) => {
    const { message } = JSON.parse(line) as { message?: LogLine };
    return message?.code === undefined ? [] : [message];
  });
}

const table = (): string => running.system.name("AWS::DynamoDB::GlobalTable", "StateTable");

async function decisionFor(day: number): Promise<RecordedDecision | undefined> {
  const wanted = dayAfter(utcDay(startMs), day);
  const decisions = await new DynamoRampRecord(running.system.clients.tables, table()).decisions(
    "marketing",
    wanted,
    wanted,
  );
  return decisions.find(({ provider, route }) => provider === "gmail" && route === "warming");
}

describe("a provider that defers everything for three hours of a day", () => {
  beforeAll(async () => {
    running = await startAtMidnight({ configurationFile: "test/e2e/brake.config.ts", change: oneBatchAtATime });
    const { system } = running;
    startMs = Math.floor(system.clock.nowMs() / dayMs) * dayMs;
    const queue = system.queueUrl("SendPathSendQueue");
    for (let hour = 0; hour < 24; hour += 1) {
      if (hour === trouble.from) system.mail.troubles.set("gmail", "deferred");
      if (hour === trouble.to) system.mail.troubles.delete("gmail");
      const to = [
        ...Array.from({ length: gmailPerHour }, (_, index) => `g${index}@gmail.com`),
        ...Array.from({ length: yahooPerHour }, (_, index) => `y${index}@yahoo.com`),
      ];
      await system.jumpTo(startMs + hour * hourMs + 5 * 60_000);
      await enqueue(
        system.clients.queues,
        queue,
        to.map((address, index) => mail(`m${hour}-${index}`, address)),
      );
      await system.settle();
      for (let minute = 10; minute < 60; minute += 10) await system.jumpTo(startMs + hour * hourMs + minute * 60_000);
    }
    await system.jumpTo(startMs + dayMs + 20 * 60_000);
  }, 300_000);

  afterAll(() => running.system.close());

  test("is braked within the first feedback batch that says so (guide row 14)", () => {
    const lines = feedbackLog();
    const first = lines.findIndex(({ code, refused = 0 }) => code === "FEEDBACK_FOLDED" && refused > 0);
    const brake = lines.findIndex(({ code }) => code === "BRAKE_ON");
    expect(first).toBeGreaterThan(0);
    expect(brake).toBeGreaterThanOrEqual(0);
    expect(brake).toBeLessThan(first);
  });

  test("gets at most 1 % of the day's later attempts while it is stopped", () => {
    const later = (24 - trouble.from - 1) * gmailPerHour;
    // The stop lasts two hours from ten minutes past ten on: it covers the mail of 11:05 and of 12:05.
    const reached = warmingTo("gmail", (hour) => hour > trouble.from && hour < trouble.to);
    expect(reached).toBeLessThanOrEqual(later * 0.01);
  });

  test("and no other provider is touched", () => {
    expect(warmingTo("yahoo", () => true)).toBe(24 * yahooPerHour);
  });

  test("its mail overflows meanwhile, and none is lost", () => {
    const gmail = sentOnFirstDay().filter(({ provider }) => provider === "gmail");
    expect(gmail).toHaveLength(24 * gmailPerHour);
    expect(gmail.some(({ route, hour }) => route === "shared" && hour === trouble.from + 1)).toBe(true);
  });

  test("the brake ends by itself, and its mail leaves by warming IPs again on the same day", async () => {
    const [kept] = await new DynamoBrakes(running.system.clients.tables, table()).read("marketing");
    expect(kept?.key).toMatchObject({ provider: "gmail", route: "warming" });
    expect(kept?.brake.untilMs).toBeLessThan(startMs + dayMs);
    expect(warmingTo("gmail", (hour) => hour === 23)).toBe(gmailPerHour);
  });

  test("the next day's ramp does not grow there, and says why", async () => {
    const [today, tomorrow] = [await decisionFor(0), await decisionFor(1)];
    expect(tomorrow?.allowance).toBeLessThanOrEqual(today?.allowance ?? 0);
    expect(["braked", "cut-refused", "refused"]).toContain(tomorrow?.rule);
  });
});
