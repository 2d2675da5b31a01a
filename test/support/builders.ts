import { createHash } from "node:crypto";
import type { DispatchRecord, DispatchSettings } from "../../shared/app/dispatch/dispatch-ports.ts";
import { parseSendMessage, type SendMessage } from "../../shared/contracts/send-message.ts";
import { providerDirectory } from "../../shared/domain/routing/mailbox-provider.ts";
import type { Pool } from "../../shared/domain/routing/pool.ts";
import type { DedicatedRouteKind } from "../../shared/domain/routing/route.ts";
import type { Stream } from "../../shared/domain/routing/stream.ts";
import type { AllowanceKey } from "../../shared/domain/sending/allowance.ts";
import type { StopReason } from "../../shared/domain/sending/circuit.ts";
import { account, type CircuitScope } from "../../shared/domain/sending/circuit-scope.ts";
import type { Claim } from "../../shared/domain/sending/claim.ts";
import { dayAfter } from "../../shared/domain/utc-day.ts";
import type { DayFacts, History } from "../../shared/domain/warm-up/history.ts";
import { type LifeCycle, newLifeCycle } from "../../shared/domain/warm-up/life-cycle.ts";
import type { WarmUpPlan } from "../../shared/domain/warm-up/plan.ts";
import { planDefaults } from "../../shared/domain/warm-up/plan-presets.ts";
import type { HeldMessage } from "../../shared/ports/held-mail.ts";
import type { PutOff, Stopped } from "../../shared/ports/mail-sender.ts";

/** The day on which tests play unless they say otherwise, and its noon. */
export const today = "2026-11-02";
export const noonMs = Date.parse(`${today}T12:00:00Z`);
export const minuteMs = 60_000;

/** A SendMessage v1 as an application writes it, before JSON. */
export function aSendMessage(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const { to = ["ann@gmail.com"], email = {}, ...rest } = changes;
  return {
    version: 1,
    id: "order-1",
    stream: "news",
    email: {
      FromEmailAddress: "Shop <news@example.com>",
      Destination: { ToAddresses: to },
      Content: { Simple: { Subject: { Data: "Hello" }, Body: { Text: { Data: "Hi" } } } },
      ...(typeof email === "object" ? email : {}),
    },
    ...rest,
  };
}

/** Reads a message that must be well-formed. */
export function parsed(written: unknown): SendMessage {
  const result = parseSendMessage(JSON.stringify(written));
  if (result.kind === "good") return result.message;
  throw new Error(`the test's own message is malformed: ${result.reason.sentence}`);
}

let records = 0;

/** A well-formed record of the send queue. `changes` are the message's; `around` are the record's own. */
export function aRecord(changes: Record<string, unknown> = {}, around: Partial<DispatchRecord> = {}): DispatchRecord {
  records += 1;
  const body = JSON.stringify(aSendMessage(changes));
  return {
    recordId: `record-${records}`,
    body,
    message: parsed(JSON.parse(body)),
    fingerprint: createHash("sha256").update(body).digest("base64url").slice(0, 22),
    enqueuedAtMs: noonMs - minuteMs,
    receives: 1,
    parked: false,
    parkings: 0,
    parkedSinceMs: noonMs,
    ...around,
  };
}

/** One record for each recipient, ids `order-1`, `order-2`, ... in order. */
export function recordsTo(recipients: readonly string[], changes: Record<string, unknown> = {}): DispatchRecord[] {
  return recipients.map((to, index) => aRecord({ id: `order-${index + 1}`, to: [to], ...changes }));
}

export function aStream(changes: Partial<Stream> = {}): Stream {
  return {
    name: "news",
    pool: "news",
    poolRules: [],
    sharedAllowed: true,
    whenFull: "overflow",
    longestHoldMs: 720 * minuteMs,
    onUnknown: "resend",
    unknownWaitMs: 15 * minuteMs,
    refuseDead: false,
    referenceShare: 0,
    identities: ["example.com"],
    ...changes,
  };
}

export function aPool(changes: Partial<Pool> = {}): Pool {
  return {
    name: "news",
    ips: ["192.0.2.1"],
    plan: aPlan(),
    ...changes,
  };
}

/** 100 a day, half as much again on each, up to 1,000. */
export function aPlan(changes: Partial<WarmUpPlan> = {}): WarmUpPlan {
  return {
    ...planDefaults,
    pace: "open",
    startPerIp: 100,
    growthPerDay: 1.5,
    targetPerIp: 1000,
    providers: {},
    ...changes,
  };
}

/** A closed day, the one before `today`, on which all of an allowance of 100 was used and nothing refused. */
export function dayFacts(changes: Partial<DayFacts> = {}): DayFacts {
  const { allowance = 100, used = allowance } = changes;
  const nothing = { deferred: 0, blocked: 0, complained: 0, established: 0, shared: 0, braked: false };
  return { day: dayAfter(today, -1), ips: 1, ...nothing, ...changes, allowance, used };
}

/** Closed days of a provider, the last of them the day before `today`. */
export function historyOf(...days: Partial<DayFacts>[]): History {
  return days.map((changes, index) => dayFacts({ day: dayAfter(today, index - days.length), ...changes }));
}

export function aLifeCycle(changes: Partial<LifeCycle> = {}): LifeCycle {
  return { ...newLifeCycle("news"), ...changes };
}

/** Settings of a dispatcher with these streams and pools. */
export function settingsFor(streams: readonly Stream[], pools: readonly Pool[] = [aPool()]): DispatchSettings {
  return {
    streams: new Map(streams.map((stream) => [stream.name, stream])),
    pools: new Map(pools.map((pool) => [pool.name, pool])),
    providers: providerDirectory(),
    sendTimeoutMs: 10_000,
    sendConcurrency: 1,
  };
}

export function allowanceAt(provider: string, route: DedicatedRouteKind = "warming", pool = "news"): AllowanceKey {
  return { pool, route, provider, day: today };
}

/** A holding that waits for room. */
export function aHeldMessage(changes: Partial<HeldMessage> = {}): HeldMessage {
  const { provider = "gmail", demand = new Map([[provider, 1]]) } = changes;
  return {
    holdId: "batch-0",
    id: "order-1",
    stream: "news",
    pool: "news",
    because: "no-room",
    enqueuedAtMs: noonMs,
    untilMs: noonMs + 60 * minuteMs,
    priority: 0,
    ...changes,
    provider,
    demand,
  };
}

export function aClaim(changes: Partial<Claim> = {}): Claim {
  return {
    batch: "earlier",
    position: 0,
    attempt: 1,
    resends: 0,
    deadlineMs: noonMs - 1,
    fingerprint: "content",
    ...changes,
  };
}

/** SES's answer that it takes nothing of a scope. */
export function stopped(reason: StopReason = "ses-paused", scope: CircuitScope = account): Stopped {
  return { kind: "stopped", scope, reason, sentence: "Wait." };
}

/** SES's answer that may be the message's own fault and may pass. */
export function putOff(changes: Partial<PutOff> = {}): PutOff {
  return { kind: "put-off", error: "ConflictException", mayBeRoutes: false, sentence: "Look it up.", ...changes };
}

/** Names that no other test of the file uses: `order1`, `order2`, ... */
export function freshNames(prefix: string): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `${prefix}${count}`;
  };
}
