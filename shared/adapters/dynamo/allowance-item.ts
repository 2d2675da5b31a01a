import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Brake, BrakeInForce } from "../../domain/brakes/brake.ts";
import type { Allowance } from "../../domain/sending/allowance.ts";
import type { Pace } from "../../domain/sending/pace.ts";
import type { OpenedBy } from "../../ports/allowance-ledger.ts";
import { type Item, number, readNumber, readText } from "./attributes.ts";

/** Marks the attributes of an item that are allowances; the provider's key follows. */
const mark = "@";

/** The attribute of a provider's allowance. */
export function allowanceAttribute(provider: string): string {
  return `${mark}${provider}`;
}

/** The allowances of an item by mailbox provider. @throws when one is not as this product writes it */
export function allowancesIn(item: Item): ReadonlyMap<string, Allowance> {
  return new Map(
    Object.entries(item).flatMap(([name, { M: entry }]): [string, Allowance][] =>
      entry !== undefined && name.startsWith(mark) ? [[name.slice(mark.length), allowanceOf(entry)]] : [],
    ),
  );
}

/** A day as it opens: nothing is used. */
export function openedAllowance(limit: number, { pace, brake }: OpenedBy): AttributeValue {
  return {
    M: {
      limit: number(limit),
      used: number(0),
      epoch: number(1),
      ...(pace !== undefined && { pace: { S: pace } }),
      ...(brake !== undefined && { brake: brakeValue(brake), brakeFloor: number(0) }),
    },
  };
}

/** A brake; what was used when it came stands beside it, so that one update can copy it. */
export function brakeValue({ step, trickles, sinceMs, untilMs }: Brake): AttributeValue {
  return {
    M: { step: { S: step }, trickles: { BOOL: trickles }, sinceMs: number(sinceMs), untilMs: number(untilMs) },
  };
}

function allowanceOf(entry: Item): Allowance {
  return {
    limit: readNumber(entry, "limit"),
    used: readNumber(entry, "used"),
    epoch: readNumber(entry, "epoch"),
    ...(entry.pace?.S !== undefined && { pace: paceOf(entry.pace.S) }),
    ...(entry.brake?.M !== undefined && { brake: brakeOf(entry.brake.M, readNumber(entry, "brakeFloor")) }),
  };
}

function paceOf(text: string): Pace {
  return text === "paced" || text === "probing" ? text : "open";
}

function brakeOf(brake: Item, floor: number): BrakeInForce {
  return {
    step: readText(brake, "step") === "stop" ? "stop" : "slow",
    trickles: brake.trickles?.BOOL === true,
    sinceMs: readNumber(brake, "sinceMs"),
    untilMs: readNumber(brake, "untilMs"),
    floor,
  };
}
