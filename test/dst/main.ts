// The deterministic simulation of the send path: npm run -s dst -- --seeds 1000 --from 1 --json
import { parseArgs } from "node:util";
import { runOnAllCores } from "./run/pool.ts";
import type { Request } from "./run/task.ts";
import { outputOf, type Totals } from "./run/totals.ts";

const { values: given } = parseArgs({
  options: {
    seeds: { type: "string", default: "1000" },
    from: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
    seed: { type: "string" },
    history: { type: "boolean", default: false },
  },
});

const [seeds, from] = [Number(given.seeds), Number(given.from)];
const chunk = 100;
const requests: Request[] = [];
for (let start = from; start < from + seeds; start += chunk) {
  requests.push({ kind: "seeds", from: start, count: Math.min(chunk, from + seeds - start), untilViolation: false });
}
const began = performance.now();
const progress = ({ seeds: done, violations }: Totals): void => {
  if (done % 2_000 === 0) process.stderr.write(`${done} seeds, ${violations.length} violations\n`);
};
const totals = await runOnAllCores({ system: "product" }, requests, progress);
process.stderr.write(`${((performance.now() - began) / seeds).toFixed(2)} ms a seed\n`);
console.log(JSON.stringify(outputOf(totals)));
process.exitCode = totals.violations.length === 0 ? 0 : 1;
