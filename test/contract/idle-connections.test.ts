import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { GetAccountCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { counterClient, mailClient } from "../../shared/adapters/clients.ts";
import { FreshHttpHandler } from "../../shared/adapters/fresh-http-handler.ts";
import { noonMs } from "../support/builders.ts";
import { type DroppingServer, droppingServer, sharedKeyTls } from "../support/dropping-server.ts";
import { ManualClock } from "../support/fakes/manual-clock.ts";

let server: DroppingServer;

beforeEach(() => {
  vi.stubEnv("AWS_REGION", "us-east-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "local");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "local");
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  server.close();
});

const withinMs = 1_000;

/** The clients that call once, each with a call. */
const clients: [string, () => () => Promise<unknown>][] = [
  [
    "mail",
    () => {
      vi.stubEnv("AWS_ENDPOINT_URL", `http://127.0.0.1:${server.port}`);
      const client = mailClient();
      return () => client.send(new GetAccountCommand(), { abortSignal: AbortSignal.timeout(withinMs) });
    },
  ],
  [
    "counters",
    () => {
      vi.stubEnv("AWS_ENDPOINT_URL", `http://127.0.0.1:${server.port}`);
      const client = counterClient();
      return () => client.send(new ListTablesCommand(), { abortSignal: AbortSignal.timeout(withinMs) });
    },
  ],
];

describe.each(clients)("a call of the client for %s, which is made once", (_, open) => {
  test.each(["silence", "reset"] as const)("after an idle time goes by a new connection (%s)", async (afterwards) => {
    server = await droppingServer({ afterwards });
    // The function is frozen meanwhile: the time goes on, and no timer runs.
    vi.useFakeTimers({ toFake: ["Date"], now: noonMs });
    const call = open();
    await call();
    vi.setSystemTime(noonMs + 5_001);
    await call();
    expect(server.connections()).toBe(2);
  });

  test("goes by the same connection within seconds", async () => {
    server = await droppingServer({ afterwards: "reset" });
    vi.useFakeTimers({ toFake: ["Date"], now: noonMs });
    const call = open();
    await call();
    vi.setSystemTime(noonMs + 4_999);
    await expect(call()).rejects.toThrow();
    expect(server.connections()).toBe(1);
  });
});

describe("connections by TLS", () => {
  /** A client of the server, with a clock of its own. */
  async function opened(afterwards: "silence" | "reset", answers = 1) {
    server = await droppingServer({ tls: true, afterwards, answers });
    const clock = new ManualClock(noonMs);
    const client = new SESv2Client({
      endpoint: `https://127.0.0.1:${server.port}`,
      maxAttempts: 1,
      requestHandler: new FreshHttpHandler({ connectionTimeout: withinMs }, clock, sharedKeyTls),
    });
    const call = () => client.send(new GetAccountCommand(), { abortSignal: AbortSignal.timeout(withinMs) });
    return { clock, call };
  }

  test.each(["silence", "reset"] as const)("are not used once they were idle (%s)", async (afterwards) => {
    const { clock, call } = await opened(afterwards);
    await call();
    clock.advance(5_001);
    await call();
    expect(server.connections()).toBe(2);
  });

  test("are looked at one by one: one that was used just now does not make the others young", async () => {
    const { clock, call } = await opened("reset", 3);
    await Promise.all([call(), call()]);
    clock.advance(4_000);
    await call();
    clock.advance(2_000);
    await Promise.all([call(), call()]);
    expect(server.connections()).toBe(3);
  });
});
