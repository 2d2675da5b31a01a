import { describe, expect, test } from "vitest";
import { liveThrough, type Outage } from "./outage.ts";

const outages: readonly (Outage & { readonly what: string })[] = [
  ...(["timeout", "throttle", "quota"] as const).map((kind) => ({
    what: `SES answers every call with ${kind} for an hour`,
    minutes: 60,
    begin: (system: Parameters<Outage["begin"]>[0], seconds: number) => system.orderSends({ kind }, seconds),
  })),
  ...(["StateTable", "LedgerTable", "HeldTable"] as const).flatMap((table) =>
    (["access-denied", "throttle", "server-error"] as const).map((answer) => ({
      what: `DynamoDB answers every call on ${table} with ${answer} for ten minutes`,
      minutes: 10,
      begin: (system: Parameters<Outage["begin"]>[0], seconds: number) => system.orderTable(table, answer, seconds),
    })),
  ),
];

describe.each(outages)("$what", (outage) => {
  test("all mail is sent, each message once, and nothing is set aside", { timeout: 600_000 }, async () => {
    const { sent, enqueued, setAside, calls } = await liveThrough(outage);
    console.log(`${calls} calls of SendEmail while it lasted`);
    expect({ sent: sent.toSorted(), setAside }).toEqual({ sent: enqueued.toSorted(), setAside: [] });
  });
});
