import { mkdtempSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { startEventBus } from "../../infra/local/engines/event-bus.ts";
import { startQueueEngine } from "../../infra/local/engines/queue-engine.ts";
import { startTableEngine } from "../../infra/local/engines/table-engine.ts";
import { openEngine } from "../support/ses-engine.ts";

interface Answered {
  readonly status: number | undefined;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Asks by node's own client: fetch sets Host and Origin itself. */
function ask(url: string, method: string, headers: Record<string, string>): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { method, headers }, (response) => {
      const { statusCode: status, headers: answered } = response;
      text(response).then((body) => resolve({ status, body, headers: answered }), reject);
    });
    asking.on("error", reject).end(method === "POST" ? "{}" : undefined);
  });
}

const folder = () => mkdtempSync(join(tmpdir(), "ses-warmup-own-site-"));

describe.each([
  { what: "tables", start: () => startTableEngine(folder()) },
  { what: "queues and topics", start: () => startQueueEngine(folder()) },
  { what: "domain events", start: () => startEventBus(join(folder(), "events.jsonl")) },
  { what: "mail", start: async () => (await openEngine()).engine },
])("the engine of $what", ({ start }) => {
  test("answers to the machine's own names only, writes of other sites' pages never, and gives no site leave", async () => {
    const { url, close } = await start();
    const { port } = new URL(url);
    for (const host of ["rebound.example", `rebound.example:${port}`, "127.0.0.1.example"]) {
      expect(await ask(url, "GET", { host }), host).toMatchObject({ status: 403, body: /127.0.0.1 and localhost/ });
    }
    const foreign = [
      { origin: "http://other.example" },
      { origin: "http://localhost:1" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
    ];
    for (const headers of foreign) {
      for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
        expect((await ask(url, method, headers)).body, JSON.stringify(headers)).toMatch(/no writes from pages/);
      }
    }
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, "localhost:8080"]) {
      const answered = await ask(url, "GET", { host, origin: "http://other.example" });
      expect(answered.body).not.toMatch(/^This server/);
      expect(Object.keys(answered.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
    await close();
  });
});
