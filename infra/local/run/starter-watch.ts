import { isAlive, parentOf } from "./processes.ts";

const pollMs = 500;

/** Ends the run when npm, which started it, is gone: a killed npm tells its scripts nothing. */
export function whenStarterEnds(stop: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  // The shell that npm puts between itself and a script, and npm; where the system tells.
  const starters = [process.ppid, parentOf(process.ppid) ?? 0].filter((pid) => pid > 1);
  const timer = setInterval(() => {
    if (starters.every(isAlive)) return;
    clearInterval(timer);
    stop();
  }, pollMs);
  timer.unref();
}
