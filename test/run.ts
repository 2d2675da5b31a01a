// What CI runs: the checks, then every vitest project but the nightly one; with --nightly that one alone, which takes
// longer than CI may. The last line is "N passed, N failed".
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";

const isNightly = process.argv.includes("--nightly");
const checks = isNightly ? [] : ["types", "lint", "dead-code"];
const VitestResult = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), success: z.boolean() });

function runScript(name: string, ...args: string[]): boolean {
  console.log(`\n== ${name}`);
  return spawnSync("npm", ["run", "-s", name, ...args], { stdio: "inherit" }).status === 0;
}

/** A run that ends without a result file (vitest itself failed) counts as one failure. */
function runVitest(): { passed: number; failed: number } {
  const outputFile = join(mkdtempSync(join(tmpdir(), "ses-warmup-test-")), "result.json");
  const ok = runScript(
    "vitest",
    "--",
    "run",
    isNightly ? "--project=nightly" : "--project=!nightly",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${outputFile}`,
  );
  try {
    const result = VitestResult.parse(JSON.parse(readFileSync(outputFile, "utf8")));
    const unreported = !ok && result.numFailedTests === 0 ? 1 : 0;
    return { passed: result.numPassedTests, failed: result.numFailedTests + unreported };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

const failedChecks = checks.filter((check) => !runScript(check));
const tests = runVitest();
if (failedChecks.length > 0) console.log(`\nfailed checks: ${failedChecks.join(", ")}`);
const failed = tests.failed + failedChecks.length;
console.log(`\n${tests.passed + checks.length - failedChecks.length} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
