import { existsSync, openSync, readFileSync, writeSync } from "node:fs";
import { VirtualClock } from "./virtual-time.ts";

const hourMs = 3_600_000;

/** Time goes on where the last process left it. `sinceMs`: what was due after it has not been run. */
export function startClock(file: string, startMs: number): { clock: VirtualClock; sinceMs: number } {
  const clock = new VirtualClock();
  const lastMs = existsSync(file) ? Number(readFileSync(file, "utf8")) : undefined;
  clock.advanceTo(lastMs ?? startMs);
  // A first start makes up for the last hour, so that the hourly ramp opens today at once.
  const firstSinceMs = startMs - hourMs;
  return { clock, sinceMs: lastMs ?? firstSinceMs };
}

/** Writes the time over and over in one open file: it is written with every jump. */
export function timeKeeper(file: string): (nowMs: number) => void {
  const opened = openSync(file, "w");
  return (nowMs) => writeSync(opened, String(nowMs), 0);
}
