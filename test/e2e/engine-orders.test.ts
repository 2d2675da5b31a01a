import { get } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ConsoleServer, openConsole } from "../../infra/local/run/console-server.ts";
import { enqueue, mail } from "./application.ts";
import { type RunningSystem, startAtMidnight } from "./run-locally.ts";

let running: RunningSystem;
let served: ConsoleServer;

beforeAll(async () => {
  running = await startAtMidnight();
  served = await openConsole(0);
  served.show(running.system);
}, 120_000);

afterAll(async () => {
  await served.close();
  await running.system.close();
});

const post = (path: string, order: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${served.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof order === "string" ? order : JSON.stringify(order),
  });

async function send(id: string): Promise<number> {
  const { system } = running;
  const before = system.mail.outbox(0).length;
  await enqueue(system.clients.queues, system.queueUrl("SendPathSendQueue"), [mail(id, "ada@gmail.com")]);
  await system.settle();
  return system.mail.outbox(0).length - before;
}

test("while SES is ordered to answer with server errors nothing is accepted; then mail leaves again", async () => {
  expect((await post("/engine/ses", { answer: "server-error", forSeconds: 600 })).status).toBe(200);
  expect(await send("during")).toBe(0);
  expect((await post("/engine/ses", { answer: null })).status).toBe(200);
  expect(await send("after")).toBe(1);
});

test("while a table is ordered to refuse, its calls fail, by the run's clock", async () => {
  const { system } = running;
  const status = async (): Promise<number> => (await fetch(`${served.url}/status.json`)).status;
  expect(await status()).toBe(200);
  expect((await post("/engine/dynamodb", { table: "state", answer: "access-denied", forSeconds: 90 })).status).toBe(
    200,
  );
  expect(await status()).toBe(500);
  await system.jumpTo(system.clock.nowMs() + 91_000);
  expect(await status()).toBe(200);
});

describe("an order that cannot be read is refused with what was expected", () => {
  test.each([
    [
      "/engine/ses",
      { answer: "server-errors", forSeconds: 1 },
      /^answer: expected server-error, timeout, .*set-paused:NAME/,
    ],
    ["/engine/ses", { answer: "quota" }, /^forSeconds: expected a number of seconds/],
    ["/engine/ses", { answer: "quota", forSeconds: 0 }, /^forSeconds: expected/],
    ["/engine/ses", { answer: "quota", forSeconds: "60" }, /^forSeconds: expected/],
    ["/engine/ses", { answer: "set-paused:", forSeconds: 1 }, /^answer: expected/],
    ["/engine/ses", { answer: "quota", forSecond: 60 }, /^expected a JSON object with answer, forSeconds/],
    ["/engine/ses", "quota", /^expected a JSON object/],
    [
      "/engine/dynamodb",
      { table: "signs", answer: "throttle", forSeconds: 1 },
      /^table: expected state, ledger or held/,
    ],
    [
      "/engine/dynamodb",
      { table: "held", answer: "timeout", forSeconds: 1 },
      /^answer: expected access-denied, throttle/,
    ],
  ])("%s %j", async (path, order, sentence) => {
    const response = await post(path, order);
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(sentence);
  });

  test("there is no order for another engine", async () => {
    expect((await post("/engine/sqs", { answer: null })).status).toBe(404);
  });

  test("a page of another site orders nothing", async () => {
    const order = { answer: "quota", forSeconds: 600 };
    expect((await post("/engine/ses", order, { origin: "http://other.example" })).status).toBe(403);
    expect((await post("/engine/ses", order, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect(await send("unharmed")).toBe(1);
  });
});

test("the page answers to the machine's own names only", async () => {
  const statusFor = (host: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      get(`${served.url}/outbox.json`, { headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on("error", reject);
    });
  expect(await statusFor("rebound.example")).toBe(403);
  expect(await statusFor("localhost:8080")).toBe(200);
});
