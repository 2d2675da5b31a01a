import { existsSync, readFileSync } from "node:fs";
import { writeKept } from "./kept-file.ts";
import { LocalRunError } from "./local-run-error.ts";
import { VirtualClock } from "./virtual-time.ts";

const hourMs = 3_600_000;

export interface ClockStart {
  /** Time of a first start, epoch ms; a later one goes on where the last process left it. */
  readonly startMs: number;
  /** True where time jumps: then it stood still while nothing ran. Otherwise it is never behind the machine's. */
  readonly jumps: boolean;
}

/**
 * Starts the clock. What was due in the hour before is made up for, and nothing older, as EventBridge does not make up
 * for a month that a schedule was off: today opens at once, and a start takes as long after a month as after a minute.
 * @returns `sinceMs`: runs that were due after it are made up for
 * @throws LocalRunError when the file holds no time
 */
export function startClock(file: string, { startMs, jumps }: ClockStart): { clock: VirtualClock; sinceMs: number } {
  const clock = new VirtualClock();
  const lastMs = keptTime(file);
  if (jumps) clock.startAt(lastMs ?? startMs);
  else clock.advanceTo(lastMs ?? startMs);
  return { clock, sinceMs: Math.max(lastMs ?? 0, clock.nowMs() - hourMs) };
}

function keptTime(file: string): number | undefined {
  if (!existsSync(file)) return undefined;
  const kept = readFileSync(file, "utf8");
  if (/^\d{13}$/.test(kept)) return Number(kept);
  throw new LocalRunError(
    `${file} holds no time: a version that could lose it was ended in its start. Begin anew with --fresh`,
  );
}

/** Keeps the time: it is written with every jump. */
export function timeKeeper(file: string): (nowMs: number) => void {
  return (nowMs) => writeKept(file, String(Math.floor(nowMs)), { flush: false });
}
