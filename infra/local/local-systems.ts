import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeKept } from "./kept-file.ts";
import { ownerOf } from "./run/folder-owner.ts";

/** One file for each data folder that a system of this checkout ever ran on; it holds the folder's path. */
const listIn = (root: string): string => join(root, ".local/systems");

/** Puts a data folder on the list of this checkout. @param root - the repository's */
export function listSystem(root: string, dataFolder: string): void {
  const list = listIn(root);
  mkdirSync(list, { recursive: true });
  writeKept(join(list, createHash("sha256").update(dataFolder).digest("hex").slice(0, 16)), dataFolder);
}

/** Data folders of the local systems of this checkout that run now. */
export function runningSystems(root: string): readonly string[] {
  const list = listIn(root);
  if (!existsSync(list)) return [];
  const names = readdirSync(list).filter((name) => !name.endsWith(".new"));
  return names.map((name) => readFileSync(join(list, name), "utf8")).filter(isRunning);
}

/** True where a living local system keeps its data in a folder. */
export function isRunning(dataFolder: string): boolean {
  return ownerOf(dataFolder) !== undefined;
}

/** File in which the CLI finds the system on a data folder. */
export function deploymentFileIn(dataFolder: string): string {
  return join(dataFolder, "deployment.json");
}
