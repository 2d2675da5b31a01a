import type { DedicatedIp } from "../state/registry.ts";

const calendarMs = 45 * 86_400_000;

/** Percentage and status that SES shows for an IP; its own warm-up goes by the calendar, whatever was sent. */
export function warmupOf(ip: DedicatedIp, nowMs: number): { percentage: number; status: "DONE" | "IN_PROGRESS" } {
  const elapsedMs = ip.autoSinceMs === undefined ? 0 : nowMs - ip.autoSinceMs;
  const percentage = Math.max(ip.percentage, Math.min(100, Math.floor((100 * elapsedMs) / calendarMs)));
  return { percentage, status: percentage >= 100 ? "DONE" : "IN_PROGRESS" };
}
