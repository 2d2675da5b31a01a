import type { HoldReason } from "../../domain/sending/outcome.ts";
import type { HeldMessage, HeldRouting } from "../../ports/held-mail.ts";
import { type Item, number, readNumber, readText } from "./attributes.ts";
import { tableKeys } from "./table-keys.ts";

/** A held message as an item of less than 1 KB. */
export function heldItem(message: HeldMessage): Item {
  return {
    ...tableKeys.held(message),
    holdId: { S: message.holdId },
    id: { S: message.id },
    stream: { S: message.stream },
    pool: { S: message.pool },
    provider: { S: message.provider },
    demand: { M: Object.fromEntries([...message.demand].map(([provider, count]) => [provider, number(count)])) },
    because: { S: message.because },
    enqueuedAtMs: number(message.enqueuedAtMs),
    untilMs: number(message.untilMs),
    priority: number(message.priority),
    ...(message.routing !== undefined && { routing: { M: routingItem(message.routing) } }),
  };
}

function routingItem({ poolChoice, names: { from, tenant }, sendAfterMs, sendBeforeMs }: HeldRouting): Item {
  return {
    poolChoice: number(poolChoice),
    ...(from !== undefined && { from: { S: from } }),
    ...(tenant !== undefined && { tenant: { S: tenant } }),
    ...(sendAfterMs !== undefined && { sendAfterMs: number(sendAfterMs) }),
    ...(sendBeforeMs !== undefined && { sendBeforeMs: number(sendBeforeMs) }),
  };
}

export function heldMessage(item: Item): HeldMessage {
  const demand = Object.entries(item.demand?.M ?? {}).map(([provider, count]): [string, number] => [
    provider,
    Number(count.N),
  ]);
  return {
    holdId: readText(item, "holdId"),
    id: readText(item, "id"),
    stream: readText(item, "stream"),
    pool: readText(item, "pool"),
    provider: readText(item, "provider"),
    demand: new Map(demand),
    because: reasonOf(readText(item, "because")),
    enqueuedAtMs: readNumber(item, "enqueuedAtMs"),
    untilMs: readNumber(item, "untilMs"),
    priority: readNumber(item, "priority"),
    ...(item.routing?.M !== undefined && { routing: routingOf(item.routing.M) }),
  };
}

function reasonOf(text: string): HoldReason {
  return text === "send-after" || text === "wall" ? text : "no-room";
}

function routingOf(item: Item): HeldRouting {
  const { from, tenant, sendAfterMs, sendBeforeMs } = item;
  return {
    poolChoice: readNumber(item, "poolChoice"),
    names: { ...(from !== undefined && { from: from.S }), ...(tenant !== undefined && { tenant: tenant.S }) },
    ...(sendAfterMs !== undefined && { sendAfterMs: readNumber(item, "sendAfterMs") }),
    ...(sendBeforeMs !== undefined && { sendBeforeMs: readNumber(item, "sendBeforeMs") }),
  };
}
