import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FunctionProcess } from "../../infra/local/functions/function-process.ts";

/** A function that answers with its process's id, at once or only when it is killed. */
const bundle = `export const handler = async ({ forever }) =>
  forever ? new Promise(() => undefined) : process.pid;`;

let folder: string;
let running: FunctionProcess;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ses-warmup-function-"));
  writeFileSync(join(folder, "index.mjs"), bundle);
  running = new FunctionProcess({
    name: "Sample",
    bundle: join(folder, "index.mjs"),
    environment: {},
    timeoutMs: 30_000,
    logFile: join(folder, "log"),
    aheadMs: () => 0,
  });
  await running.ready;
});

afterEach(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

function kill(): number {
  const pid = running.pid ?? 0;
  process.kill(pid, "SIGKILL");
  return pid;
}

test("an invocation whose process is killed ends without an answer, and the next one gets a new process", async () => {
  const invocation = running.invoke({ forever: true });
  await expect.poll(() => running.invocations).toBe(1);
  const killed = kill();
  await expect(invocation).rejects.toThrow("its process ended");
  expect(running.invocations).toBe(0);
  expect(await running.invoke({})).not.toBe(killed);
});

test("an invocation that waits for a process is served by the next one when that is killed while it loads", async () => {
  const first = running.invoke({ forever: true });
  await expect.poll(() => running.invocations).toBe(1);
  kill();
  await expect(first).rejects.toThrow();
  const waiting = running.invoke({});
  const loading = kill();
  expect(await waiting).toBe(running.pid);
  expect(running.pid).not.toBe(loading);
});

test("a process that was killed takes neither time nor work, and the system goes on", async () => {
  kill();
  running.setAheadMs(1_000);
  await expect(running.invoke({})).rejects.toThrow("its process ended");
  expect(await running.invoke({})).toBe(running.pid);
});
