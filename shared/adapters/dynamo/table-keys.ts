import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { RouteDay } from "../../domain/sending/allowance.ts";
import type { SetAsidePlace } from "../../domain/set-aside/set-aside.ts";
import type { UtcDay } from "../../domain/utc-day.ts";
import type { AuditEntry } from "../../ports/audit.ts";
import type { HeldMessage } from "../../ports/held-mail.ts";
import type { SignsKey } from "../../ports/outcome-store.ts";

type Key = Record<string, AttributeValue>;

const key = (pk: string, sk?: string): Key => (sk === undefined ? { pk: { S: pk } } : { pk: { S: pk }, sk: { S: sk } });

/** Every key of the three tables, in one place. `#` separates; no part but the last may contain it. */
export const tableKeys = {
  // ledger
  claim: (id: string): Key => key(`claim#${id}`),
  receipt: (batch: string): Key => key(`receipt#${batch}`),
  proof: (batch: string): Key => key(`proof#${batch}`),
  deadAddress: (hash: string): Key => key(`dead#${hash}`),
  // state
  /** The allowances of a group of mailbox providers: a batch reserves at all of them by one write. */
  allowances: ({ pool, route, day }: RouteDay, providerGroup: string): Key =>
    key(`allowance#${pool}#${route}#${providerGroup}`, day),
  outcomes: (of: SignsKey, keptMs: number, page: number): Key =>
    key(outcomesOf(of), `${inOrder(keptMs)}#${String(page).padStart(2, "0")}`),
  brake: (pool: string, route: string, provider: string): Key => key(brakesOf(pool), `${route}#${provider}`),
  wall: (stream: string): Key => key(walls, stream),
  arm: (pool: string, provider: string): Key => key(armsOf(pool), provider),
  decision: (pool: string, day: UtcDay, route: string, provider: string): Key =>
    key(decisionsOf(pool), `${day}#${route}#${provider}`),
  circuit: (scope: string): Key => key(circuitsKey, scope),
  sendRate: (): Key => key(circuitsKey, sendRateSort),
  rampMark: (pool: string): Key => key(`pool#${pool}`, "ramp-mark"),
  progress: (pool: string, provider: string): Key => key(progressOf(pool), provider),
  lifeCycle: (pool: string): Key => key(`pool#${pool}`, "life-cycle"),
  /** One action on one thing at one moment is one entry, however often it is kept. */
  audit: ({ pool, atMs, action, provider = "", ip = "" }: AuditEntry): Key =>
    key(auditOf(pool), `${inOrder(atMs)}#${action}#${provider}#${ip}`),
  // held mail
  held: (message: HeldMessage): Key => key(heldOf(message.pool), heldSort(message)),
  /** @param name - of a holding, or of what was set aside */
  heldBody: (name: string, index: number): Key => key(`body#${name}`, String(index).padStart(2, "0")),
  heldPools: (): Key => key("pools", "pools"),
  heldPlaces: (pool: string): Key => key("places", pool),
  setAside: (place: SetAsidePlace, name: string): Key => key(setAsideOf(place), name),
};

/**
 * Room: best first within a provider. Time: apart, so that it is never taken for room. Each holding has an item of its
 * own: a write that arrives late can never take the place of a newer holding.
 */
function heldSort({ because, provider, priority, enqueuedAtMs, holdId }: HeldMessage): string {
  if (because === "send-after") return `time#${holdId}`;
  return `room#${provider}#${inOrder(9_999_999_999_999 - priority)}#${inOrder(enqueuedAtMs)}#${holdId}`;
}

/** A number as text that sorts as the number does; 0 up to 13 digits. */
function inOrder(value: number): string {
  return String(Math.min(9_999_999_999_999, Math.max(0, Math.floor(value)))).padStart(13, "0");
}

/** Start of the signs kept from a moment on, within the partition of a pool and day. */
export function keptFrom(fromMs: number): string {
  return inOrder(fromMs);
}

/** Partition of all circuits, sorted by scope, and of the account's sending rate. */
export const circuitsKey = "circuits";

/** Sorts the account's sending rate; no scope of a circuit has a `#`. */
export const sendRateSort = "#send-rate";

/** Partition of a pool's brakes, sorted by route and provider. */
export function brakesOf(pool: string): string {
  return `brakes#${pool}`;
}

/** Partition of what the random samples of a pool showed, sorted by provider. */
export function armsOf(pool: string): string {
  return `arms#${pool}`;
}

/** Partition of all streams' walls, sorted by stream. */
export const walls = "walls";

/** Partition of the signs of a pool and day, sorted by the time they were kept. */
export function outcomesOf({ pool, day }: SignsKey): string {
  return `outcomes#${pool}#${day}`;
}

/** Partition of all ramp decisions of a pool, sorted by day. */
export function decisionsOf(pool: string): string {
  return `decisions#${pool}`;
}

/** Partition of a pool's histories, sorted by provider. */
export function progressOf(pool: string): string {
  return `progress#${pool}`;
}

/** Partition of a pool's audit, sorted by time. */
export function auditOf(pool: string): string {
  return `audit#${pool}`;
}

/** Partition of a pool's held mail, sorted by provider and then best first. */
export function heldOf(pool: string): string {
  return `held#${pool}`;
}

/** Partition of what was set aside in one place, sorted by time. */
export function setAsideOf(place: SetAsidePlace): string {
  return `set-aside#${place}`;
}

/** A partition that nobody ever writes to. */
export const nothing = "nothing";
