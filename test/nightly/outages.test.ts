import { describe, expect, test } from "vitest";
import type { LocalSystem } from "../../infra/local/local-system.ts";
import { liveThrough, type Outage } from "../e2e/outage.ts";

const outages: readonly (Outage & { readonly what: string })[] = [
  // A call that is not answered takes its ten seconds in truth: not an hour of them.
  ...(
    [
      ["timeout", 10],
      ["throttle", 60],
      ["quota", 60],
    ] as const
  ).map(([kind, minutes]) => ({
    what: `SES answers every call with ${kind} for ${minutes} minutes`,
    minutes,
    begin: (system: LocalSystem, seconds: number) => system.orderSends({ kind }, seconds),
  })),
  ...(["StateTable", "LedgerTable", "HeldTable"] as const).flatMap((table) =>
    (["access-denied", "throttle", "server-error"] as const).map((answer) => ({
      what: `DynamoDB answers every call on ${table} with ${answer} for ten minutes`,
      minutes: 10,
      begin: (system: LocalSystem, seconds: number) => system.orderTable(table, answer, seconds),
    })),
  ),
];

describe.each(outages)("while $what", (outage) => {
  test("all mail is sent, each message once, and nothing is set aside", { timeout: 600_000 }, async () => {
    const { sent, enqueued, setAside, calls } = await liveThrough(outage);
    console.log(`${calls} calls of SendEmail while it lasted`);
    expect({ sent: new Set(sent), times: sent.length, setAside }).toEqual({
      sent: new Set(enqueued),
      times: enqueued.length,
      setAside: [],
    });
  });
});
