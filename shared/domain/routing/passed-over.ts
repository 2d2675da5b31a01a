import type { RoomReason } from "../sending/allowance.ts";
import type { Circuit } from "../sending/circuit.ts";
import type { Route } from "./route.ts";

/** Why a route has no room for a message. */
export type FullReason =
  /** Of the provider that the message is counted for. */
  | RoomReason
  /** There is room at that provider, but not at another of its recipients'. */
  | "other-provider-full";

/** Why a message did not take a route, now. */
export type PassReason =
  | FullReason
  /** The wall before its stream. */
  | "wall"
  /** SES refuses what leaves there, until the circuit's end. */
  | "circuit"
  /** It belongs to the random sample that keeps off warming IPs. */
  | "control-sample"
  /** It may still wait for room on its own IPs. */
  | "waits";

/** A route that a message did not take. */
export type PassedOver =
  | { readonly route: Route; readonly because: Exclude<PassReason, "circuit"> }
  | { readonly route: Route; readonly because: "circuit"; readonly circuit: Circuit };

/** A route passed over as text, for tags and logs: reason and kind of route, `spent_warming`; letters, digits and `_`. */
export function passText({ route, because }: PassedOver): string {
  return `${because.replaceAll("-", "_")}_${route.kind}`;
}

/**
 * Why a route has no room for a message, undefined when it has. @param lacks - what each of its providers lacks, the one
 * that it is counted for first; undefined for room
 */
export function whyFull(lacks: readonly (RoomReason | undefined)[]): FullReason | undefined {
  const [own, ...others] = lacks;
  if (own !== undefined) return own;
  return others.some((lack) => lack !== undefined) ? "other-provider-full" : undefined;
}
