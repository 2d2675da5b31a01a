import { utcTime } from "../utc-day.ts";
import type { Brake } from "./brake.ts";

/** A brake for people: what it does, until when, and why. */
export function brakeWords({ step, rule, why, untilMs }: Brake): string {
  return `${step === "stop" ? "stopped" : "slowed down"} until ${utcTime(untilMs)} (${rule}: ${why})`;
}
