// Benchmarks against a textbook peer: `npm run -s bench -- NAME [--json] [--size N]`. See docs/benchmarks.md.
import { parseArgs } from "node:util";
import type { Benchmark } from "./benchmark.ts";
import { machine } from "./benchmark.ts";
import { resultTable } from "./result-table.ts";

/** Loaded by name, so that a benchmark runs in a process that holds nothing of the others. */
const benchmarks: Readonly<Record<string, () => Promise<{ readonly benchmark: Benchmark }>>> = {
  calls: () => import("./calls/calls.ts"),
  cpu: () => import("./cpu/cpu.ts"),
  "hot-counter": () => import("./hot-counter/hot-counter.ts"),
  "cold-start": () => import("./cold-start/cold-start.ts"),
  pacing: () => import("./pacing/pacing.ts"),
  fold: () => import("./fold/fold.ts"),
  classify: () => import("./classify/classify.ts"),
  judge: () => import("./judge/judge.ts"),
  kill: () => import("./kill/kill.ts"),
};

const usage = `npm run -s bench -- NAME [--json] [--size N]\nNAME is one of ${Object.keys(benchmarks).join(", ")}.`;

interface Asked {
  readonly name: string;
  readonly load: (typeof benchmarks)[string];
  readonly json: boolean;
  readonly size: number | undefined;
}

/** @throws Error with words for the person who called */
function readArguments(): Asked {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "boolean", default: false }, size: { type: "string" } },
  });
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0) throw new Error("Name one benchmark.");
  const load = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
  if (load === undefined) throw new Error(`There is no benchmark ${name}.`);
  const size = values.size === undefined ? undefined : Number(values.size);
  if (size !== undefined && !(Number.isInteger(size) && size > 0)) {
    throw new Error(`--size ${values.size}: expected a whole number above 0.`);
  }
  return { name, load, json: values.json, size };
}

async function run({ name, load, json, size }: Asked): Promise<void> {
  const { benchmark } = await load();
  const { broken = [], ...findings } = await benchmark.run(size ?? benchmark.size);
  const result = { name, ...findings, machine: machine() };
  console.log(json ? JSON.stringify(result) : resultTable(benchmark, result));
  for (const promise of broken) console.error(promise);
  if (broken.length > 0) process.exitCode = 1;
}

let asked: Asked | undefined;
try {
  asked = readArguments();
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
  process.exitCode = 2;
}
if (asked !== undefined) await run(asked);
