import { dayMs } from "../../../shared/domain/utc-day.ts";
import { LocalRunError } from "../local-run-error.ts";
import { emptyFolder } from "./data-folder.ts";
import { type KeptRun, keepRun, keptIn } from "./kept-run.ts";
import type { RunOptions } from "./options.ts";

type Settings = Pick<RunOptions, "days" | "messages-per-day" | "configuration" | "fresh" | "idle" | "data-dir">;

/**
 * Takes up the run that a folder keeps, or begins a new one in it. A run that was cut off goes on when it is started
 * again with the same settings; with others it is refused, unless `--fresh` says to forget it. A finished one makes way
 * to the same again, and in a folder that nobody named to any other.
 * @throws LocalRunError that names the settings of the run there
 */
export function takeUpRun(folder: string, options: Settings): { run: KeptRun; takenUp: boolean } {
  const { days = null, "messages-per-day": messagesPerDay, configuration, fresh } = options;
  const kept = fresh ? undefined : keptIn(folder);
  if (kept !== undefined) {
    const isSame =
      kept.days === days &&
      kept.configuration === configuration &&
      (days === null || kept.messagesPerDay === messagesPerDay);
    if (isSame && !kept.finished) return { run: kept, takenUp: true };
    if (!isSame && !(kept.finished && options["data-dir"] === undefined)) throw otherSettings(folder, kept);
  }
  emptyFolder(folder);
  // Whole days: built-in traffic starts at the next midnight (UTC), mail of one's own starts now.
  const startMs = options.idle ? Date.now() : Math.ceil(Date.now() / dayMs) * dayMs;
  const begun: KeptRun = { startMs, days, messagesPerDay, configuration, finished: false };
  keepRun(folder, begun);
  return { run: begun, takenUp: false };
}

function otherSettings(folder: string, { days, messagesPerDay, configuration }: KeptRun): LocalRunError {
  const itsDays = days === null ? "without --days" : `--days ${days} --messages-per-day ${messagesPerDay}`;
  return new LocalRunError(
    `${folder} keeps a run with other settings (${itsDays} --configuration ${configuration}): start it with these to go on, with --fresh to forget it and begin anew, or choose another folder with --data-dir`,
  );
}
