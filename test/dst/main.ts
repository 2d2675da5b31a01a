// The deterministic simulation of the send path. What it does and how it is read: docs/adr/0017-what-is-guaranteed.md.
import { mutants } from "./mutants/all.ts";
import { catchMutants } from "./run/catch-mutants.ts";
import { type Options, readOptions, usage } from "./run/options.ts";
import { runOnAllCores } from "./run/pool.ts";
import { besideOf, lineOf, reportOf } from "./run/report.ts";
import { scenarios } from "./run/scenarios.ts";
import type { Request, WorkerTask } from "./run/task.ts";
import { outputOf, type Totals } from "./run/totals.ts";

/** Seeds a thread works before it tells how far it is. */
const chunk = 100;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** @returns true when all is well */
async function run(options: Options): Promise<boolean> {
  switch (options.mode) {
    case "seeds":
      return print(options, await playSeeds("product", options));
    case "exhaustive":
      return print(options, await playScenarios(options));
    case "peer":
      return playBoth(options);
    case "mutants":
      return plantMutants(options);
    case "history":
      return printHistory(options);
    default:
      return options.mode satisfies never;
  }
}

function print({ json }: Options, totals: Totals): boolean {
  console.log(json ? JSON.stringify(outputOf(totals)) : reportOf(totals));
  return totals.violations.length === 0;
}

function playSeeds(system: WorkerTask["system"], { seeds, from }: Options): Promise<Totals> {
  const requests: Request[] = [];
  for (let start = from; start < from + seeds; start += chunk) {
    requests.push({ kind: "seeds", from: start, count: Math.min(chunk, from + seeds - start), untilViolation: false });
  }
  return withProgress({ system }, requests);
}

/** @param only - sizes of batches that alone are wanted */
function playScenarios({ only }: Options): Promise<Totals> {
  const wanted = scenarios.flatMap(({ batch }, scenario) =>
    only.length === 0 || only.includes(String(batch)) ? [{ kind: "exhaustive" as const, scenario }] : [],
  );
  // The longest first, so that no core waits for another at the end.
  return withProgress({ system: "product" }, wanted.toReversed());
}

async function withProgress(task: WorkerTask, requests: readonly Request[]): Promise<Totals> {
  const beganMs = performance.now();
  let [toldMs, done] = [beganMs, 0];
  const rate = (histories: number): string => (histories / ((performance.now() - beganMs) / 1000)).toFixed(0);
  const totals = await runOnAllCores(task, requests, ({ seeds, violations }) => {
    done += 1;
    if (performance.now() - toldMs < 5_000) return;
    toldMs = performance.now();
    say(`${done} of ${requests.length}: ${seeds} histories, ${violations.length} violations, ${rate(seeds)} a second`);
  });
  say(`${totals.seeds} histories, ${rate(totals.seeds)} a second`);
  return totals;
}

async function playBoth(options: Options): Promise<boolean> {
  const ours = await playSeeds("product", options);
  const peer = await playSeeds("peer", options);
  const { lost, duplicates, unexplainedDuplicates, overAllowance } = peer;
  const beside = { ...outputOf(ours), peer: { lost, duplicates, unexplainedDuplicates, overAllowance } };
  console.log(options.json ? JSON.stringify(beside) : `${reportOf(ours)}\n\n${besideOf(ours, peer)}`);
  return ours.violations.length === 0;
}

async function plantMutants(options: Options): Promise<boolean> {
  const { only, json } = options;
  const unknown = only.filter((name) => !mutants.some((mutant) => mutant.name === name));
  if (unknown.length > 0) throw new TypeError(`there is no mutant ${unknown.join(", ")}`);
  const chosen = only.length === 0 ? mutants : mutants.filter(({ name }) => only.includes(name));
  const all = await catchMutants(chosen, options, (caught) => say(lineOf(caught)));
  const missed = all.filter(({ seeds }) => seeds === undefined).map(({ mutant }) => mutant.name);
  const found = { mutants: all.length, caught: all.length - missed.length, missed };
  console.log(json ? JSON.stringify(found) : `${found.caught} of ${found.mutants} planted bugs caught`);
  return missed.length === 0;
}

/** In this thread: nothing else is simulated meanwhile. */
async function printHistory({ from, seeds }: Options): Promise<boolean> {
  const { installVirtualGlobals } = await import("./engine/virtual-globals.ts");
  const { systemNamed } = await import("./system/systems.ts");
  const { runSeed } = await import("./system/run-seed.ts");
  const system = await systemNamed("product");
  installVirtualGlobals();
  let isWell = true;
  for (let seed = from; seed < from + seeds; seed += 1) {
    const lines: string[] = [];
    const { violations } = await runSeed(seed, { ...system, tell: (line) => void lines.push(line) });
    console.log([...lines, ...violations.map(({ what }) => `violation: ${what}`)].join("\n"));
    isWell &&= violations.length === 0;
  }
  return isWell;
}

try {
  process.exitCode = (await run(readOptions(process.argv.slice(2)))) ? 0 : 1;
} catch (error) {
  say(
    error instanceof TypeError ? `${error.message}\n\n${usage}` : String(error instanceof Error ? error.stack : error),
  );
  process.exitCode = 2;
}
