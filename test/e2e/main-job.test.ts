import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allowedBy } from "../../infra/local/permissions/role-policy.ts";
import { allSent, overAllowance, warmingAllowances } from "../../infra/local/run/summary.ts";
import { resolverFor } from "../../infra/local/template/resolve.ts";
import { declared } from "../../infra/local/template/template.ts";
import { idOfMessageTag } from "../../shared/domain/sending/message-tag.ts";
import { utcDay } from "../../shared/domain/utc-day.ts";
import { enqueue, mail, setAsideIn } from "./application.ts";
import { dispatcherBatchSizes, letPass, type RunningSystem, startAtMidnight } from "./run-locally.ts";

const domains = ["gmail.com", "outlook.com", "yahoo.com", "googlemail.com", "icloud.com", "a-company.example"];
const malformed = ["not json", "{}", JSON.stringify({ ...mail("m-wrong-version", "a@gmail.com"), version: 2 })];

/** 5,000 messages: 1 % malformed; 5 % of all are enqueued twice. */
const good = Array.from({ length: 4_950 }, (_, n) =>
  mail(`good_${n}`, `person-${n}@${domains[n % domains.length]}`, {
    stream: Math.floor(n / domains.length) % 3 === 0 ? "receipts" : "newsletter",
  }),
);
const bad = Array.from({ length: 50 }, (_, n) => malformed[n % malformed.length] ?? "");

describe("5,000 messages, 5 % enqueued twice, 1 % malformed", () => {
  let running: RunningSystem;

  beforeAll(async () => {
    running = await startAtMidnight();
    const { system } = running;
    const bodies = [...good, ...bad].map((body, n) => ({ body, order: (n * 7_919) % 5_000 }));
    const shuffled = bodies.toSorted((one, other) => one.order - other.order).map(({ body }) => body);
    await enqueue(system.clients.queues, system.queueUrl("SendPathSendQueue"), [...shuffled, ...good.slice(0, 250)]);
    await system.settle();
    await letPass(system, 30);
  }, 300_000);

  afterAll(() => running.system.close());

  test("each good id is sent exactly once", () => {
    const sent = allSent(running.system).map(({ id }) => idOfMessageTag(id));
    expect(sent).toHaveLength(good.length);
    expect(new Set(sent)).toEqual(new Set(good.map(({ id }) => id)));
  });

  test("each malformed message is in quarantine with its reason, and nothing else is", async () => {
    const kept = await setAsideIn(running.system, "quarantine");
    expect(kept).toHaveLength(bad.length);
    for (const { text, code, sentence } of kept) {
      expect(bad).toContain(text);
      expect(code).toMatch(/^(not-json|not-a-send-message)$/);
      expect(sentence).toMatch(/expected|send a/);
    }
  });

  test("no pool sends above its allowance, and every allowance in demand is used up", async () => {
    const { system } = running;
    const today = utcDay(system.clock.nowMs());
    const outbox = allSent(system);
    const allowances = await warmingAllowances(
      system,
      ["transactional", "marketing"],
      { from: today, to: today },
      outbox,
    );
    expect(overAllowance(outbox, allowances, system.limits())).toBe(0);
    const inDemand = allowances.filter(({ provider }) =>
      ["gmail", "microsoft", "yahoo", "apple", "other"].includes(provider),
    );
    expect(inDemand).toHaveLength(10);
    for (const { used, allowance } of inDemand) expect(used).toBe(allowance);
    const byWarming = outbox.filter(({ tags }) => tags["sw-route"] === "warming").length;
    expect(byWarming).toBe(inDemand.reduce((sum, { used }) => sum + used, 0));
  });

  test("every AWS call each function made is allowed by that function's role in the template", () => {
    const { system, calls } = running;
    const resolve = resolverFor(system.template, (name) => `http://queue/${name}`);
    const functions = declared(system.template, "AWS::Lambda::Function").map(({ id }) => id);
    for (const id of functions) {
      const own = new Map(
        calls.filter(({ caller }) => caller === id).map((call) => [`${call.action} ${call.resource}`, call]),
      );
      // The console is asked by people only.
      if (!id.includes("Console")) expect(own.size, `${id} made calls`).toBeGreaterThan(0);
      for (const [name, call] of own) {
        expect(allowedBy(system.template, id, call, resolve), `${id}: ${name}`).toBe(true);
      }
    }
  });

  test("no log line holds an address or a body", () => {
    const logs = join(running.folder, "logs");
    for (const file of readdirSync(logs)) {
      const text = readFileSync(join(logs, file), "utf8");
      expect(text, file).not.toMatch(/person-\d+|@example\.com|Hello\./);
    }
  });

  test("a batch is never larger than the template says", () => {
    const sizes = dispatcherBatchSizes(running.folder);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(25);
    expect(Math.max(...sizes)).toBeGreaterThan(10);
  });
});
