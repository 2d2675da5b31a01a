import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { writeKept } from "../kept-file.ts";
import { LocalRunError } from "../local-run-error.ts";
import { isAlive, startOf } from "./processes.ts";

const pollMs = 500;

/** How long a start waits for an earlier process on the same folder to end, ms. */
const handOverMs = 15_000;

/** Whoever runs on a folder. A pid alone proves nothing: it is given to another process one day. */
const Owner = z.object({
  pid: z.int().positive(),
  /** When the process started, as its system tells it; left out where it tells nobody. */
  started: z.string().optional(),
});

/**
 * Makes this the only process on a data folder, once an earlier one has ended. It signals nobody.
 * @throws LocalRunError that names the process when it does not end
 */
export async function claimFolder(folder: string): Promise<void> {
  const endMs = performance.now() + handOverMs;
  for (let owner = ownerOf(folder); owner !== undefined && owner !== process.pid; owner = ownerOf(folder)) {
    if (performance.now() > endMs) {
      throw new LocalRunError(
        `the local system of process ${owner} runs on ${folder}: end it, or choose another folder with --data-dir`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  writeKept(fileIn(folder), JSON.stringify({ pid: process.pid, started: startOf(process.pid) }));
}

/** Id of the living process that runs on a folder. One that only has the id of an owner that has ended is nobody. */
export function ownerOf(folder: string): number | undefined {
  const owner = Owner.safeParse(readJson(fileIn(folder)));
  if (!owner.success || !isAlive(owner.data.pid)) return undefined;
  const { pid, started } = owner.data;
  return started === startOf(pid) ? pid : undefined;
}

const fileIn = (folder: string): string => join(folder, "pid");

/** What the version before wrote, a bare number, proves no owner; nor does what a kill cut off. */
function readJson(file: string): unknown {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  } catch {
    return undefined;
  }
}
