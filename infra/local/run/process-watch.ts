import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const pollMs = 500;

/** How long a start waits for an earlier process on the same folder to end, ms. */
const handOverMs = 15_000;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The shell that npm puts between itself and a script, and npm; where the system tells. */
function ancestors(): number[] {
  const status = `/proc/${process.ppid}/status`;
  const above = existsSync(status) ? /^PPid:\s*(\d+)$/m.exec(readFileSync(status, "utf8"))?.[1] : undefined;
  return [process.ppid, Number(above ?? 0)].filter((pid) => pid > 1);
}

/** Ends the run when npm, which started it, is gone: a killed npm tells its scripts nothing. */
export function whenStarterEnds(stop: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const starters = ancestors();
  const timer = setInterval(() => {
    if (starters.every(isAlive)) return;
    clearInterval(timer);
    stop();
  }, pollMs);
  timer.unref();
}

/**
 * Makes this the only process on a data folder, once an earlier one has ended.
 * @throws Error that names the process when it does not end
 */
export async function claimFolder(folder: string): Promise<void> {
  const file = join(folder, "pid");
  const endMs = performance.now() + handOverMs;
  for (;;) {
    const other = existsSync(file) ? Number(readFileSync(file, "utf8")) : undefined;
    if (other === undefined || other === process.pid || !isAlive(other)) break;
    if (performance.now() > endMs) {
      throw new Error(`process ${other} runs on ${folder}: end it, or choose another folder with --data-dir`);
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  writeFileSync(file, String(process.pid));
}
