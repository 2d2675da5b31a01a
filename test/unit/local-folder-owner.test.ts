import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { claimFolder, ownerOf } from "../../infra/local/run/folder-owner.ts";
import { startOf } from "../../infra/local/run/processes.ts";

function aFolder(pidFile?: string): string {
  const folder = mkdtempSync(join(tmpdir(), "ses-warmup-owner-"));
  if (pidFile !== undefined) writeFileSync(join(folder, "pid"), pidFile);
  return folder;
}

test("whoever runs on a folder is known by id and start", async () => {
  const folder = aFolder();
  await claimFolder(folder);
  expect(ownerOf(folder)).toBe(process.pid);
});

const parent = process.ppid;

test.each([
  ["a process that was given the id of one that has ended", JSON.stringify({ pid: parent, started: "another time" })],
  ["a process of which the file proves nothing", String(parent)],
  ["a process that has ended", JSON.stringify({ pid: 2 ** 22, started: "1" })],
  ["a file that a kill left empty", ""],
  ["a file with the id of no process", JSON.stringify({ pid: 0 })],
])("%s does not own a folder and is not waited for", async (_who, pidFile) => {
  const folder = aFolder(pidFile);
  expect(ownerOf(folder)).toBeUndefined();
  await claimFolder(folder);
  expect(JSON.parse(readFileSync(join(folder, "pid"), "utf8")).pid).toBe(process.pid);
});

test("a living owner stays the owner", () => {
  expect(ownerOf(aFolder(JSON.stringify({ pid: parent, started: startOf(parent) })))).toBe(parent);
});
