import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { dayMs } from "../../../shared/domain/utc-day.ts";
import type { RunOptions } from "./options.ts";

const Kept = z.object({
  /** First moment of the first day, epoch ms. */
  startMs: z.number(),
  days: z.number().nullable(),
  messagesPerDay: z.number(),
  configuration: z.string(),
  finished: z.boolean(),
});

/** A run and what of it is kept in its data folder. */
export type KeptRun = z.output<typeof Kept>;

const fileIn = (folder: string): string => join(folder, "run.json");

/**
 * Takes up the run that a folder keeps, or begins a new one in it. A run of `--days` that was cut off goes on when it is
 * started again with the same settings; one that was finished, or had others, makes way for a new one.
 */
export function takeUpRun(folder: string, options: RunOptions): { run: KeptRun; takenUp: boolean } {
  const { days = null, "messages-per-day": messagesPerDay, configuration, fresh } = options;
  const kept = existsSync(fileIn(folder)) ? Kept.parse(JSON.parse(readFileSync(fileIn(folder), "utf8"))) : undefined;
  const isSame =
    kept !== undefined &&
    kept.days === days &&
    kept.configuration === configuration &&
    (days === null || (kept.messagesPerDay === messagesPerDay && !kept.finished));
  if (isSame && !fresh) return { run: kept, takenUp: true };
  for (const name of readdirSync(folder)) {
    if (name !== "pid") rmSync(join(folder, name), { recursive: true, force: true });
  }
  // Whole days: built-in traffic starts at the next midnight (UTC), mail of one's own starts now.
  const startMs = options.idle ? Date.now() : Math.ceil(Date.now() / dayMs) * dayMs;
  const begun: KeptRun = { startMs, days, messagesPerDay, configuration, finished: false };
  keepRun(folder, begun);
  return { run: begun, takenUp: false };
}

export function keepRun(folder: string, run: KeptRun): void {
  writeFileSync(fileIn(folder), JSON.stringify(run));
}
