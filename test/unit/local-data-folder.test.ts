import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inOurWords } from "../../infra/local/local-run-error.ts";
import { emptyFolder, takeFolder } from "../../infra/local/run/data-folder.ts";
import { keepRun, keptIn } from "../../infra/local/run/kept-run.ts";
import { takeUpRun } from "../../infra/local/run/take-up-run.ts";

const aFolder = (): string => mkdtempSync(join(tmpdir(), "ses-warmup-folder-"));

function fill(folder: string, names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), "kept");
  }
}

const run = {
  startMs: 1_700_000_000_000,
  days: null,
  messagesPerDay: 2_000,
  configuration: "a.config.ts",
  finished: false,
};
const settings = { "messages-per-day": 2_000, configuration: "a.config.ts", fresh: false, idle: true };

describe("a folder for a local system", () => {
  test("that is new or empty becomes its own", () => {
    const folder = join(aFolder(), "new/one");
    takeFolder(folder);
    fill(folder, ["queues/db", "ses.db"]);
    expect(() => takeFolder(folder)).not.toThrow();
  });

  test.each([
    ["somebody's files", ["thesis/chapter-1.md", "photo.jpg"]],
    ["a file that only has the name of one of ours", ["pid"]],
    ["a run and somebody's files beside it", ["run.json", "photo.jpg"]],
  ])("that holds %s is refused, and nothing in it is touched", (_what, names) => {
    const folder = aFolder();
    fill(folder, names);
    expect(() => takeFolder(folder)).toThrow(/not empty and no data folder of ses-warmup.*--data-dir/);
    for (const name of names) expect(readFileSync(join(folder, name), "utf8")).toBe("kept");
    expect(readdirSync(folder)).toHaveLength(names.map((name) => name.split("/")[0]).length);
  });

  test("of the version before is known by the run it keeps", () => {
    const folder = aFolder();
    fill(folder, ["pid", "clock", "queues/db", "tables/CURRENT", "logs/platform.log", "ses.db"]);
    keepRun(folder, run);
    takeFolder(folder);
    expect(keptIn(folder)).toEqual(run);
    expect(existsSync(join(folder, "ses.db"))).toBe(true);
  });

  test.each([
    ["a file", (folder: string) => join(folder, "photo.jpg")],
    ["below a file", (folder: string) => join(folder, "photo.jpg/data")],
    ["where no folder can be made", () => "/proc/ses-warmup-data"],
  ])("that is %s is refused at once, with what to do", (_what, pathIn) => {
    const folder = aFolder();
    fill(folder, ["photo.jpg"]);
    expect(() => takeFolder(pathIn(folder))).toThrow(/cannot be used, .*: choose another folder with --data-dir/);
  });

  test("is emptied of what is ours alone", () => {
    const folder = aFolder();
    takeFolder(folder);
    fill(folder, ["queues/db", "clock", "ses.db-wal", "photo.jpg"]);
    keepRun(folder, run);
    emptyFolder(folder);
    expect(readdirSync(folder).toSorted()).toEqual(["photo.jpg", "ses-warmup-data"]);
  });
});

describe("a run that a folder keeps", () => {
  const keeping = (kept: typeof run | { finished: boolean; days: number }): string => {
    const folder = aFolder();
    takeFolder(folder);
    keepRun(folder, { ...run, ...kept });
    fill(folder, ["queues/db"]);
    return folder;
  };

  test("goes on when it is started with the same settings", () => {
    expect(takeUpRun(keeping(run), settings)).toEqual({ run, takenUp: true });
  });

  test.each([
    ["days", { days: 3 }],
    ["configuration", { configuration: "other.config.ts" }],
  ])("asks for --fresh when its %s are others, and keeps everything", (_what, other) => {
    const folder = keeping(run);
    expect(() => takeUpRun(folder, { ...settings, ...other })).toThrow(
      /keeps a run with other settings \(without --days --configuration a\.config\.ts\).*--fresh/,
    );
    expect(keptIn(folder)).toEqual(run);
    expect(existsSync(join(folder, "queues/db"))).toBe(true);
  });

  test("is forgotten with --fresh", () => {
    const folder = keeping(run);
    const { run: begun, takenUp } = takeUpRun(folder, { ...settings, days: 3, fresh: true });
    expect(takenUp).toBe(false);
    expect(begun.days).toBe(3);
    expect(existsSync(join(folder, "queues"))).toBe(false);
  });

  test("makes way to the same again once it is finished", () => {
    const folder = keeping({ finished: true, days: 3 });
    expect(takeUpRun(folder, { ...settings, days: 3, "data-dir": folder }).takenUp).toBe(false);
  });

  test("makes way to another once it is finished, but not in a folder that somebody named", () => {
    const folder = keeping({ finished: true, days: 3 });
    expect(() => takeUpRun(folder, { ...settings, days: 4, "data-dir": folder })).toThrow("--fresh");
    expect(takeUpRun(folder, { ...settings, days: 4 }).takenUp).toBe(false);
  });

  test("that cannot be read is no reason to delete anything", () => {
    const folder = keeping(run);
    writeFileSync(join(folder, "run.json"), "{");
    expect(() => takeUpRun(folder, settings)).toThrow("begin anew with --fresh");
    expect(existsSync(join(folder, "queues/db"))).toBe(true);
  });
});

test.each([
  ["the system", Object.assign(new Error("write"), { code: "ENOSPC" })],
  ["SQLite", new Error("database or disk is full")],
  ["the bundler", new Error("the stack cannot be synthesized:\nwrite /x: no space left on device")],
])("a full disk is told in one sentence, whoever met it: %s", (_who, error) => {
  expect(String(inOurWords(error, "/data"))).toMatch(/^LocalRunError: the disk of \/data is full: make room[^\n]*$/);
});
