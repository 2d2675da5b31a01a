import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { mutants } from "../dst/mutants/all.ts";
import { changed } from "../dst/mutants/mutant.ts";

const main = fileURLToPath(new URL("../dst/main.ts", import.meta.url));
const timeoutMs = 240_000;

const Output = z.object({
  seeds: z.number(),
  steps: z.number(),
  faults: z.number(),
  leakedAllowanceShare: z.number(),
  violations: z.array(z.object({ seed: z.number(), what: z.string() })),
});

/** What `npm run -s dst` prints, violations or not. */
async function dst(...typed: string[]): Promise<string> {
  const run = promisify(execFile)(process.execPath, [main, ...typed], { maxBuffer: 50_000_000 });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return stdout;
}

const played = async (...typed: string[]) => Output.parse(JSON.parse(await dst("--json", ...typed)));

describe("the send path under faults", () => {
  test("no violation in the histories that every run plays, with faults at no less than every hundredth step", {
    timeout: timeoutMs,
  }, async () => {
    const { violations, faults, steps, leakedAllowanceShare } = await played("--seeds", "2000", "--from", "1");
    expect(violations).toEqual([]);
    expect(faults / steps).toBeGreaterThan(0.01);
    expect(leakedAllowanceShare).toBeLessThan(0.001);
  });

  test("no violation in histories that nobody has seen", { timeout: timeoutMs }, async () => {
    const from = 1_000_000 + (Date.now() % 1_000_000_000);
    console.log(`dst: fresh seeds from ${from}`);
    expect((await played("--seeds", "800", "--from", String(from))).violations).toEqual([]);
  });

  test("one message in a batch: no violation wherever its workers die, once or twice", {
    timeout: timeoutMs,
  }, async () => {
    const { violations, seeds } = await played("--exhaustive", "--only", "1");
    expect(violations).toEqual([]);
    expect(seeds).toBeGreaterThan(2_000);
  });

  test("a seed's history is the same to the byte, alone or after others", { timeout: timeoutMs }, async () => {
    const [alone, afterOthers] = await Promise.all([
      dst("--seed", "17", "--history"),
      dst("--seed", "15", "--seeds", "3", "--history"),
    ]);
    expect(alone.length).toBeGreaterThan(1_000);
    expect(afterOthers.endsWith(alone)).toBe(true);
  });

  test("planted bugs are caught", { timeout: timeoutMs }, async () => {
    const some = ["claim-under-the-sqs-id", "ses-client-with-default-retries", "handler-answers-nothing"];
    const output = JSON.parse(await dst("--mutants", "--json", ...some.flatMap((name) => ["--only", name])));
    expect(output).toEqual({ mutants: some.length, caught: some.length, missed: [] });
  });
});

test.each(["dispatcher", "feedback", "release"])(
  "the simulated %s is composed of what functions/%s/main.ts names",
  (name) => {
    const composed = (file: string): string[] => {
      const source = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
      return [...source.matchAll(/new ([A-Z]\w+)\(/g)].map(([, made = ""]) => made);
    };
    // Best effort by contract, so nothing is simulated in their place; and what the language itself has.
    const leftOut = ["EventBridgeEvents", "EmfMetrics", "Set", "Map"];
    const wanted = composed(`functions/${name}/main.ts`).filter((made) => !leftOut.includes(made));
    expect(composed("test/dst/system/functions.ts")).toEqual(expect.arrayContaining(wanted));
  },
);

test.each(mutants)("the bug $name can still be planted: its text stands once in $file", (mutant) => {
  const source = readFileSync(new URL(`../../${mutant.file}`, import.meta.url), "utf8");
  expect(changed(mutant, source)).not.toBe(source);
});

test("there are enough planted bugs, each with a name of its own", () => {
  expect(mutants.length).toBeGreaterThanOrEqual(30);
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
});
