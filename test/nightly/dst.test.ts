import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("../dst/main.ts", import.meta.url));

/** What `npm run -s dst --json` prints, violations or not. */
async function dst(...typed: string[]): Promise<Record<string, unknown>> {
  const run = promisify(execFile)(process.execPath, [main, "--json", ...typed], { maxBuffer: 50_000_000 });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return JSON.parse(stdout);
}

test("no violation in 100,000 histories", async () => {
  expect(await dst("--seeds", "100000")).toMatchObject({ seeds: 100_000, violations: [] });
});

test("every planted bug is caught", async () => {
  const { mutants, caught, missed } = await dst("--mutants");
  expect(missed).toEqual([]);
  expect(caught).toBe(mutants);
});
