import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runDays } from "../../infra/local/run/run-days.ts";
import { allSent } from "../../infra/local/run/summary.ts";
import { DynamoAudit } from "../../shared/adapters/dynamo/audit.ts";
import { DynamoLifeCycles } from "../../shared/adapters/dynamo/life-cycles.ts";
import type { AuditEntry } from "../../shared/ports/audit.ts";
import { type RunningSystem, startAtMidnight } from "./run-locally.ts";

const days = 14;
const newIp = "192.0.2.21";
const newIpDay = 12;

/** Marketing mail that left on a day of the run, from 0, by route. */
function split({ system }: RunningSystem, startDay: string, day: number): Record<string, number> {
  const wanted = new Date(Date.parse(startDay) + day * 86_400_000).toISOString().slice(0, 10);
  const counts: Record<string, number> = { warming: 0, established: 0, shared: 0 };
  for (const { tags } of allSent(system)) {
    if (tags["sw-day"] !== wanted || tags["sw-pool"] !== "marketing") continue;
    const route = tags["sw-route"] ?? "";
    counts[route] = (counts[route] ?? 0) + 1;
  }
  return counts;
}

describe("a warm-up from its first day, and an IP that arrives when it is over", () => {
  let running: RunningSystem;
  let startDay: string;
  let audit: readonly AuditEntry[];

  beforeAll(async () => {
    running = await startAtMidnight({ leasedLater: new Set([newIp]) });
    const { system } = running;
    startDay = new Date(system.clock.nowMs()).toISOString().slice(0, 10);
    await runDays(system, {
      startMs: Date.parse(startDay),
      days,
      messagesPerDay: 300,
      realDayMs: 0,
      bursts: 1,
      signal: new AbortController().signal,
      onDay: (day) => {
        if (day === newIpDay) system.mail.leaseIp(newIp);
      },
    });
    const table = system.name("AWS::DynamoDB::GlobalTable", "StateTable");
    audit = await new DynamoAudit(system.clients.tables, table).latest("marketing", 500);
  }, 300_000);

  afterAll(() => running.system.close());

  test("the first day is split between warming and shared IPs (guide row 16)", () => {
    const first = split(running, startDay, 0);
    expect(first.warming).toBeGreaterThan(0);
    expect(first.shared).toBeGreaterThan(0);
    expect(first.established).toBe(0);
  });

  test("the pool graduates by itself and its mail leaves by established IPs", () => {
    expect(split(running, startDay, newIpDay - 1)).toMatchObject({ warming: 0, shared: 0 });
    expect(split(running, startDay, newIpDay - 1).established).toBeGreaterThan(0);
  });

  test("the new IP warms up against the established one only (guide row 17)", () => {
    const day = split(running, startDay, newIpDay);
    expect(day.warming).toBeGreaterThan(0);
    expect(day.established).toBeGreaterThan(0);
    expect(day.shared).toBe(0);
  });

  test("the audit explains each step in order", () => {
    const steps = audit
      .toReversed()
      .map(({ action, provider }) => (provider === undefined ? action : `${action} at a provider`));
    // Brakes come and go beside the warm-up's own steps.
    const order = [...new Set(steps)].filter((step) => !step.startsWith("brake"));
    expect(order.slice(0, 4)).toEqual(["ips-moved", "recognised-ip", "graduated at a provider", "graduated"]);
    // The guard may have its say beside it.
    expect(audit.find(({ action }) => action === "recognised-ip")?.says).toContain(newIp);
  });

  test("the life cycle knows each IP, where it is and since when", async () => {
    const { system } = running;
    const table = system.name("AWS::DynamoDB::GlobalTable", "StateTable");
    const { phase, ips } = await new DynamoLifeCycles(system.clients.tables, table).read("marketing");
    expect(phase).toBe("warming");
    expect(ips).toMatchObject([
      { ip: "192.0.2.20", sesPool: "marketing-established", since: startDay },
      { ip: newIp, sesPool: "marketing-warming" },
    ]);
  });

  test("every decision is a domain event", () => {
    const lines = readFileSync(join(running.folder, "events.jsonl"), "utf8").trim().split("\n");
    const types = lines.map((line) => JSON.parse(line).DetailType);
    expect(types.filter((type) => type === "Allowances Decided").length).toBeGreaterThanOrEqual(2 * days);
    expect(types).toContain("Pool Graduated");
  });
});
