import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { LocalRunError, unusable } from "../local-run-error.ts";
import { keptIn } from "./kept-run.ts";

/** Proves that a folder is ours. It is the first that is written into an empty one; what it says is for people. */
const marker = "ses-warmup-data";
const markerText = "This folder belongs to the local system of ses-warmup: npm start -- --fresh empties it.\n";

/** All that a local system ever keeps in its folder; nothing else is deleted. */
const ours: ReadonlySet<string> = new Set([
  marker,
  ...["run.json", "clock", "deployment.json", "pid"].flatMap((name) => [name, `${name}.new`]),
  ...["cdk.out", "events.jsonl", "logs", "queues", "tables", "ses.db", "ses.db-shm", "ses.db-wal"],
]);

/** What stays when everything is forgotten: it says whose the folder is. */
const staying: ReadonlySet<string> = new Set([marker, "pid"]);

/** Room that a start asks for, bytes; an empty system takes about 10 MB. */
const neededBytes = 64 * 1024 * 1024;

/**
 * Makes a folder a data folder, or takes it up as one.
 * @throws LocalRunError when it holds anything and is not ours, or cannot be written
 */
export function takeFolder(folder: string): void {
  makeFolder(folder);
  try {
    if (!isOurs(folder)) {
      throw new LocalRunError(
        `${folder} is not empty and no data folder of ses-warmup: nothing in it was touched. Choose an empty or a new folder with --data-dir`,
      );
    }
    writeFileSync(join(folder, marker), markerText);
  } catch (error) {
    throw unusable(folder, error);
  }
  const { bavail: blocks, bsize: blockBytes } = statfsSync(folder);
  if (blocks * blockBytes < neededBytes) {
    throw new LocalRunError(
      `the disk of ${folder} is full: a start needs ${megabytes(neededBytes)} MB and ${megabytes(blocks * blockBytes)} MB are free. Make room, or choose another folder with --data-dir`,
    );
  }
}

/** Forgets what a folder keeps; what is not ours stays. The run goes first: half of its rest is never taken up. */
export function emptyFolder(folder: string): void {
  rmSync(join(folder, "run.json"), { force: true });
  for (const name of readdirSync(folder)) {
    if (ours.has(name) && !staying.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Step by step: Node's own way to make all of a path never ends where a file system makes no folders. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!existsSync(folder)) throw unusable(folder, error);
  }
}

function isOurs(folder: string): boolean {
  const names = readdirSync(folder);
  return names.length === 0 || names.includes(marker) || isOfVersionBefore(folder, names);
}

/** The version before wrote no marker: its folders hold a run, and nothing that we do not know. */
function isOfVersionBefore(folder: string, names: readonly string[]): boolean {
  if (!names.includes("run.json") || names.some((name) => !ours.has(name))) return false;
  try {
    return keptIn(folder) !== undefined;
  } catch {
    return false;
  }
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / (1024 * 1024));
}
