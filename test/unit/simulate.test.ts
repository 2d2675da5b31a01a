import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCommand } from "../../cli/run-command.ts";

const folder = mkdtempSync(join(tmpdir(), "ses-warmup-simulate-"));
const takesAll =
  "{ send: ({ offered }) => ({ accepted: offered, deferred: 0, blocked: 0 }), capacityToday: () => 1e6 }";

function aModule(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

async function run(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCommand(["simulate", ...args], {
    env: {},
    root: folder,
    folder,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out, err: err.join("\n") };
}

describe("simulate", () => {
  test("prints one JSON object with the figures, rates as fractions", async () => {
    const { code, out, err } = await run("--policy", "aimd-1.3", "--seeds", "20", "--json");
    expect({ code, err, lines: out.length }).toEqual({ code: 0, err: "", lines: 1 });
    expect(JSON.parse(out[0] ?? "")).toMatchObject({
      model: "mid",
      policy: "aimd-1.3",
      seeds: 20,
      days: 90,
      delayDays: 0,
      delayHours: 2,
      daysToFull: { median: expect.any(Number), p90: expect.any(Number) },
      neverFull: expect.any(Number),
      dedicatedShare: expect.closeTo(0.78, 1),
      badPer10k: expect.any(Number),
      blockDaysP95: expect.any(Number),
      shareOfOracle: expect.closeTo(0.87, 1),
    });
  });

  test("is the same for the same seeds, and does not depend on where they start", async () => {
    const [first] = (await run("--seeds", "4", "--json")).out;
    expect((await run("--seeds", "4", "--json")).out[0]).toBe(first);
    expect((await run("--seeds", "4", "--from", "5", "--json")).out[0]).not.toBe(first);
  });

  test("spreads many seeds over threads, with the same figures", { timeout: 60_000 }, async () => {
    const long = ["--policy", "ses-45", "--days", "10", "--seeds", "130", "--json"];
    const [over] = (await run(...long)).out;
    const few = await Promise.all(
      [1, 66].map((from) =>
        run("--policy", "ses-45", "--days", "10", "--seeds", "65", "--from", String(from), "--json"),
      ),
    );
    const shares = few.map(({ out }) => JSON.parse(out[0] ?? "").dedicatedShare);
    expect(JSON.parse(over ?? "").dedicatedShare).toBeCloseTo((shares[0] + shares[1]) / 2, 6);
  });

  test("prints every policy, one object a line, the oracle at 1", { timeout: 60_000 }, async () => {
    const { out } = await run("--policy", "all", "--seeds", "2", "--json");
    const results = out.map((line) => JSON.parse(line));
    expect(results.length).toBeGreaterThan(30);
    expect(results.find(({ policy }) => policy === "oracle")).toMatchObject({ shareOfOracle: 1 });
  });

  test("prints a table that says what it is of", async () => {
    const { out } = await run("--seeds", "3", "--delay-days", "1", "--shock", "--policy", "aimd-1.3");
    expect(out[0]).toMatch(/^In our simulator, model mid: seeds 1 to 3, 90 days; .* after 1 more, .* after 2 hours$/);
    expect(out.join("\n")).toMatch(/recovery, days/);
  });

  test.each([
    [["--model", "hard"], "hard is not a model. Expected one of: easy, mid, strict"],
    [["--policy", "best"], "best is not a policy. Expected one of: product, oracle, ses-45, ses-45+pause"],
    [["--seeds", "0"], "--seeds 0: expected a whole number from 1"],
    [["--seeds", "many"], "--seeds many: expected a whole number"],
    [["--delay-days", "3"], "--delay-days 3: expected a whole number from 0 to 2"],
    [["--complaints", "2"], "--complaints 2: expected a number from 0 to 1"],
    [["--shock", "--days", "50"], "--days 50: expected a whole number from 58"],
    [["--fast"], "Unknown option '--fast'"],
  ])("refuses %j with what was expected", async (args, sentence) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: [] });
    expect(err).toContain(sentence);
  });
});

describe("a module as the model", () => {
  test("takes the place of the shipped ones", async () => {
    const name = aModule("takes-all.mjs", `export default () => (${takesAll});`);
    const { code, out } = await run("--model", name, "--policy", "ses-45-lifted", "--seeds", "3", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out[0] ?? "")).toMatchObject({
      model: name,
      badPer10k: 0,
      daysToFull: { median: 45, p90: 45 },
      oracleDaysToFull: { median: 1, p90: 1 },
    });
  });

  test.each([
    ["no-default.mjs", "export const model = 1;", 2, "no function as its default export"],
    ["broken.mjs", "export default {", 2, "cannot be loaded as an ES module"],
    ["empty.mjs", "export default () => ({});", 1, "expected an object with send and capacityToday"],
    ["throws.mjs", "export default () => { throw new Error('too late'); };", 1, "seed 1 threw: too late"],
    [
      "greedy.mjs",
      "export default () => ({ send: () => ({ accepted: 5, deferred: 0, blocked: 0 }), capacityToday: () => 1 });",
      1,
      "accepted + deferred + blocked is 5, and 0 was offered",
    ],
  ])("%s is refused", async (name, text, exit, sentence) => {
    const { code, out, err } = await run("--model", aModule(name, text), "--seeds", "2");
    expect({ code, out }).toEqual({ code: exit, out: [] });
    expect(err).toContain(sentence);
  });

  test("is stopped on a thread as it is here", { timeout: 60_000 }, async () => {
    const throws = aModule(
      "late.mjs",
      `export default () => ({ ...${takesAll}, send() { throw new Error("late"); } });`,
    );
    const { code, err } = await run("--model", throws, "--seeds", "300", "--policy", "ses-45");
    expect(code).toBe(1);
    expect(err).toMatch(/^simulate failed: ModelError: send for gmail, seed \d+, day 1, hour 0 threw: late/);
  });

  test("has no capacity that a shock could lower", async () => {
    const name = aModule("fine.mjs", `export default () => (${takesAll});`);
    const { code, err } = await run("--model", name, "--shock");
    expect(code).toBe(2);
    expect(err).toContain("name easy, mid or strict");
  });
});
