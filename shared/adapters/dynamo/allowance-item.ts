import type { BrakeInForce } from "../../domain/brakes/brake.ts";
import type { Allowance } from "../../domain/sending/allowance.ts";
import type { Pace } from "../../domain/sending/pace.ts";
import { type Item, readNumber, readText } from "./attributes.ts";

/** Reads an allowance's item. @throws when it is not as this product writes it */
export function allowanceOf(item: Item): Allowance {
  return {
    limit: readNumber(item, "limit"),
    used: readNumber(item, "used"),
    epoch: readNumber(item, "epoch"),
    ...(item.pace?.S !== undefined && { pace: paceOf(item.pace.S) }),
    ...(item.brakeStep !== undefined && { brake: brakeOf(item) }),
  };
}

function paceOf(text: string): Pace {
  return text === "paced" || text === "probing" ? text : "open";
}

function brakeOf(item: Item): BrakeInForce {
  return {
    step: readText(item, "brakeStep") === "stop" ? "stop" : "slow",
    trickles: item.brakeTrickles?.BOOL === true,
    sinceMs: readNumber(item, "brakeSinceMs"),
    untilMs: readNumber(item, "brakeUntilMs"),
    floor: readNumber(item, "brakeFloor"),
  };
}
