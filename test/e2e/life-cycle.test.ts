import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allSent } from "../../infra/local/run/summary.ts";
import { idOfMessageTag } from "../../shared/domain/sending/message-tag.ts";
import { dayMs } from "../../shared/domain/utc-day.ts";
import { freshNames } from "../support/builders.ts";
import { enqueue, mail } from "./application.ts";
import { typeFor } from "./operator-process.ts";
import { type RunningSystem, startAtMidnight } from "./run-locally.ts";

let running: RunningSystem;

beforeAll(async () => {
  running = await startAtMidnight();
}, 120_000);

afterAll(() => running.system.close());

const cli = (...args: string[]) => typeFor(running, args);

/** What the command says of one pool, as JSON; it must end with 0. */
async function change(action: string, pool: string, ...args: string[]): Promise<string> {
  const { code, out, err } = await cli(action, "--pool", pool, ...args, "--json");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const { pools } = JSON.parse(out);
  expect(pools).toMatchObject([{ pool }]);
  return pools[0].result;
}

/** A dispatcher believes so long that a route has no allowance; that it has none any more it learns at once. */
const believedMs = 10_000;

/** A command that changes something the first time, and nothing the second time. */
async function twice(action: string, pool: string, ...args: string[]): Promise<void> {
  expect(await change(action, pool, ...args)).toBe("changed");
  expect(await change(action, pool, ...args)).toBe("unchanged");
  const { system } = running;
  if (action !== "pause") await system.jumpTo(system.clock.nowMs() + believedMs);
}

const newId = freshNames("life-");

/** Sends as an application does. @returns how many left by each route */
async function send(stream: string, domain: string, count: number): Promise<Record<string, number>> {
  const { system } = running;
  const ids = Array.from({ length: count }, newId);
  const bodies = ids.map((id) => mail(id, `${id}@${domain}`, { stream }));
  await enqueue(system.clients.queues, system.queueUrl("SendPathSendQueue"), bodies);
  await system.settle();
  const routes = allSent(system)
    .filter(({ id }) => ids.includes(idOfMessageTag(id)))
    .map(({ tags }) => tags["sw-route"] ?? "");
  return Object.fromEntries([...Map.groupBy(routes, (route) => route)].map(([route, all]) => [route, all.length]));
}

async function poolStatus(pool: string) {
  const { out } = await cli("status", "--json");
  return JSON.parse(out).pools.find((each: { pool: string }) => each.pool === pool);
}

async function sesPools(...ips: string[]): Promise<string[]> {
  const { out } = await cli("ips", "--json");
  const known: { ip: string; sesPool: string; state: string }[] = JSON.parse(out).ips;
  return known.filter(({ ip }) => ips.includes(ip)).map(({ sesPool, state }) => `${sesPool} ${state}`);
}

test("pause: warming mail stops at once and leaves by shared IPs; resume: it goes on", async () => {
  expect(await send("receipts", "gmail.com", 3)).toEqual({ warming: 3 });
  await twice("pause", "transactional");
  expect(await send("receipts", "gmail.com", 3)).toEqual({ shared: 3 });
  expect(await poolStatus("transactional")).toMatchObject({ phase: "warming", paused: true });
  await twice("resume", "transactional");
  expect(await send("receipts", "gmail.com", 3)).toEqual({ warming: 3 });
  expect(await poolStatus("transactional")).toMatchObject({ paused: false, byRoute: { warming: 6 } });
});

test("pause of one provider: the others go on", async () => {
  await twice("pause", "transactional", "--provider", "gmail");
  expect(await send("receipts", "gmail.com", 2)).toEqual({ shared: 2 });
  expect(await send("receipts", "yahoo.com", 2)).toEqual({ warming: 2 });
  const { providers } = await poolStatus("transactional");
  expect(providers).toContainEqual(expect.objectContaining({ provider: "gmail", paused: true }));
  await twice("resume", "transactional", "--provider", "gmail");
  expect(await send("receipts", "gmail.com", 2)).toEqual({ warming: 2 });
});

test("disable: nothing is limited; enable: the day's allowance is back in force (guide row 21)", async () => {
  await twice("disable", "transactional");
  expect(await send("receipts", "outlook.com", 50)).toEqual({ warming: 50 });
  expect(await poolStatus("transactional")).toMatchObject({ byHand: true });
  await twice("enable", "transactional");
  expect(await send("receipts", "outlook.com", 5)).toEqual({ shared: 5 });
  expect(await send("receipts", "icloud.com", 30)).toEqual({ warming: 20, shared: 10 });
});

test("complete: the IPs become established and mail leaves there; restart: back to day one, in the warming SES pool (guide row 23)", async () => {
  const { system } = running;
  const own = ["192.0.2.20", "192.0.2.21"];
  expect(await send("newsletter", "gmail.com", 45)).toEqual({ warming: 40, shared: 5 });
  await system.jumpTo(Math.floor(system.clock.nowMs() / dayMs + 1) * dayMs + 60_000);
  expect(await send("newsletter", "gmail.com", 60)).toEqual({ warming: 56, shared: 4 });

  await twice("complete", "marketing");
  expect(await sesPools(...own)).toEqual(own.map(() => "marketing-established established"));
  expect(await send("newsletter", "yahoo.com", 5)).toEqual({ established: 5 });
  const refused = await cli("start", "--pool", "marketing");
  expect(refused).toMatchObject({ code: 1, out: "" });
  expect(refused.err).toContain("pool marketing is established: restart it to warm it up again");

  await twice("restart", "marketing");
  expect(await sesPools(...own)).toEqual(own.map(() => "marketing-warming warming"));
  expect(await send("newsletter", "apple.example", 45)).toEqual({ warming: 40, shared: 5 });
  const { allowances } = await poolStatus("marketing");
  const open = allowances.filter((each: { route: string }) => each.route === "warming");
  expect(
    new Set(open.map(({ allowance, rule }: { allowance: number; rule: string }) => `${allowance} ${rule}`)),
  ).toEqual(new Set(["40 start"]));
});

test("a command from a machine whose clock is 40 days ahead changes nothing, and says why", async () => {
  const own = join(running.folder, "deployment.json");
  const { clock, ...deployment } = JSON.parse(readFileSync(own, "utf8"));
  const ahead = join(running.folder, "ahead.json");
  const wrong = { ...clock, virtualMs: clock.virtualMs + 40 * dayMs };
  writeFileSync(ahead, JSON.stringify({ ...deployment, clock: wrong }));
  const before = await poolStatus("transactional");
  const ended = await cli("pause", "--pool", "transactional", "--deployment", ahead);
  expect(ended).toMatchObject({ code: 1, out: "" });
  expect(ended.err).toContain("pause refused: this clock is 40 days ahead of AWS's");
  expect(await poolStatus("transactional")).toEqual(before);
});

test("every change is on record, newest first, with who made it", async () => {
  const { out } = await cli("audit", "--limit", "1000", "--json");
  const entries: { atMs: number; by: string; action: string }[] = JSON.parse(out).entries;
  const made = entries.filter(({ by }) => by === "operator").map(({ action }) => action);
  expect(made).toEqual(["restart", "complete", "enable", "disable", "resume", "pause", "resume", "pause"]);
  expect(entries.map(({ atMs }) => atMs)).toEqual(entries.map(({ atMs }) => atMs).toSorted((a, b) => b - a));
  const text = await cli("audit", "--pool", "marketing", "--limit", "3");
  expect(text.out.split("\n")).toHaveLength(4);
});

test("the verbs that only show do so for a person", async () => {
  const status = await cli("status");
  expect(status).toMatchObject({ code: 0, err: "" });
  expect(status.out).toMatch(/^marketing +warming +\d{4}-\d\d-\d\d +2 warming/m);
  const ips = await cli("ips");
  expect(ips).toMatchObject({ code: 0, err: "" });
  expect(ips.out).toMatch(/^192\.0\.2\.20 +marketing +marketing-warming +warming +100 /m);
  const plan = await cli("plan", "--pool", "marketing");
  expect(plan).toMatchObject({ code: 0, err: "" });
  expect(plan.out).toContain("pool marketing: plan local");
  expect(plan.out).toMatch(/^ +gmail +40 +56 /m);
});
