import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Brake, BrakeInForce } from "../../domain/brakes/brake.ts";
import type { Allowance } from "../../domain/sending/allowance.ts";
import type { Pace } from "../../domain/sending/pace.ts";
import type { OpenedBy } from "../../ports/allowance-ledger.ts";
import { type Item, number, readNumber, readText } from "./attributes.ts";

/** The attribute of a provider's allowance. */
export function allowanceAttribute(provider: string): string {
  return `@${provider}`;
}

/**
 * A provider's allowance in the item of its group; undefined when its day is not open.
 * @throws when it is not as this product writes it
 */
export function allowanceIn(item: Item | undefined, provider: string): Allowance | undefined {
  const entry = item?.[allowanceAttribute(provider)]?.M;
  return entry === undefined ? undefined : allowanceOf(entry);
}

/** A day as it opens: nothing is used. */
export function openedAllowance(limit: number, { pace, brake }: OpenedBy): AttributeValue {
  return {
    M: {
      limit: number(limit),
      used: number(0),
      epoch: number(1),
      ...(pace !== undefined && { pace: { S: pace } }),
      ...(brake !== undefined && { brake: brakeValue(brake), floor: number(0) }),
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
    ...(entry.brake?.M !== undefined && { brake: brakeOf(entry.brake.M, readNumber(entry, "floor")) }),
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
