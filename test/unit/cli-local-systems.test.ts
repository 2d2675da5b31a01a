import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readDeployment } from "../../cli/deployment.ts";
import { deploymentFileIn, listSystem } from "../../infra/local/local-systems.ts";
import { claimFolder } from "../../infra/local/run/folder-owner.ts";

const scratch = (): string => mkdtempSync(join(tmpdir(), "ses-warmup-systems-"));

/** A system of a checkout; what tells it from others is the name of its state table. */
async function aSystem(root: string, stateTable: string): Promise<string> {
  const folder = scratch();
  const url = "http://127.0.0.1:1/000000000000/queue";
  const configuration = {
    identities: ["example.com"],
    pools: { news: { ips: ["192.0.2.10"] } },
    streams: { newsletter: { pool: "news" } },
  };
  const names = { stateTable, ledgerTable: "ledger", heldTable: "held" };
  const urls = { sendQueueUrl: url, parkedQueueUrl: url, quarantineQueueUrl: url };
  writeFileSync(deploymentFileIn(folder), JSON.stringify({ configuration, ...names, ...urls }));
  listSystem(root, folder);
  await claimFolder(folder);
  return folder;
}

function aTerminal(root: string) {
  return { env: {}, root, folder: root, out: () => undefined, err: () => undefined };
}

test("an order goes to the one local system that runs; of two it asks which", async () => {
  const root = scratch();
  const first = await aSystem(root, "first");
  expect(readDeployment({}, aTerminal(root)).stateTable).toBe("first");
  const second = await aSystem(root, "second");
  expect(() => readDeployment({}, aTerminal(root))).toThrow(/2 local systems .* run\. Say which/);
  expect(() => readDeployment({}, aTerminal(root))).toThrow(`--data-dir ${second}`);
  expect(readDeployment({ "data-dir": first }, aTerminal(root)).stateTable).toBe("first");
  expect(readDeployment({ "data-dir": second }, aTerminal(root)).stateTable).toBe("second");
});

test("a system that has ended is no target", async () => {
  const root = scratch();
  const ended = await aSystem(root, "ended");
  writeFileSync(join(ended, "pid"), JSON.stringify({ pid: process.ppid, started: "another time" }));
  expect(() => readDeployment({}, aTerminal(root))).toThrow("No local system of this checkout runs");
  expect(() => readDeployment({ "data-dir": ended }, aTerminal(root))).toThrow(`npm start -- --data-dir ${ended}`);
});

test("two names for one deployment are one too many", () => {
  expect(() => readDeployment({ deployment: "a.json", "data-dir": "b" }, aTerminal(scratch()))).toThrow("one of them");
});
