import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** True for every living process, also one of somebody else's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0); // no signal: it only asks
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * When a process started, in its system's own words; two processes that get the same id one after the other differ in it.
 * @returns undefined where the system does not tell, and for one that has ended and whose parent has not looked yet
 */
export function startOf(pid: number): string | undefined {
  const stat = processFile(pid, "stat");
  if (stat !== undefined) {
    // Its name, in brackets, may hold anything; behind it stand its state and, as the 20th field, its start.
    const [state, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return state === "Z" ? undefined : rest[18];
  }
  const { status, stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
  return status === 0 && stdout.trim() !== "" ? stdout.trim() : undefined;
}

/** The parent of a process; where the system tells. */
export function parentOf(pid: number): number | undefined {
  const parent = /^PPid:\s*(\d+)$/m.exec(processFile(pid, "status") ?? "")?.[1];
  return parent === undefined ? undefined : Number(parent);
}

function processFile(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return undefined; // no such process, or a system without /proc
  }
}
