import { parseArgs } from "node:util";
import { policies } from "../shared/domain/simulation/policies.ts";
import type { Scenario } from "../shared/domain/simulation/scenario.ts";
import { exitCode } from "./exit-code.ts";
import { contenders, type Job } from "./simulate/job.ts";
import { isPrior, loadModel, namedModel } from "./simulate/load-model.ts";
import { anyNumber, wholeNumber } from "./simulate/number-option.ts";
import { resultsOf } from "./simulate/results.ts";
import { resultsText } from "./simulate/results-text.ts";
import { runJob } from "./simulate/run-job.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";
import type { Verb } from "./verb.ts";

const options = {
  model: { type: "string", default: "mid" },
  policy: { type: "string", default: "product" },
  seeds: { type: "string", default: "1000" },
  from: { type: "string", default: "1" },
  days: { type: "string", default: "90" },
  "delay-days": { type: "string", default: "0" },
  "delay-hours": { type: "string" },
  complaints: { type: "string" },
  shock: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

/** Recipients per UTC day at full volume, all providers. */
const fullPerDay = 50_000;

/** The planned shock falls on a day on which most policies are at full volume. */
const shock = { day: 55, part: 0.4, providers: [] };
const fewestDaysAfterShock = 3;

/** Runs policies against models of mailbox providers, over many seeds. */
export const simulate: Verb = {
  summary: "how a ramp policy does against models of mailbox providers, over many seeds, beside an oracle",
  options:
    "[--model easy|mid|strict|FILE] [--policy NAME|all] [--seeds N] [--from SEED] [--days N] [--delay-days 0|1|2] [--delay-hours N] [--shock] [--complaints RATE] [--json]",
  async run(args, terminal) {
    const { values } = parseArgs({ args: [...args], options });
    const model = namedModel(values.model, terminal.folder);
    const names = values.policy === "all" ? [...policies.keys()] : [values.policy];
    contenders(names);
    if (values.shock && !isPrior(model)) {
      throw new UsageError("--shock lowers a capacity that only the shipped models have: name easy, mid or strict.");
    }
    const job: Job = {
      model,
      names,
      from: wholeNumber("from", values.from, { from: 0, to: 1_000_000_000 }),
      seeds: wholeNumber("seeds", values.seeds, { from: 1, to: 1_000_000 }),
      scenario: scenarioOf(values),
    };
    await loadModel(model);
    const results = resultsOf(job, await runJob(job, progress(job, terminal)), values.model);
    if (values.json) for (const result of results) terminal.out(JSON.stringify(result, rounded));
    else for (const line of resultsText(results)) terminal.out(line);
    return exitCode.done;
  },
};

interface Given {
  readonly days: string;
  readonly "delay-days": string;
  readonly "delay-hours"?: string | undefined;
  readonly complaints?: string | undefined;
  readonly shock: boolean;
}

function scenarioOf(given: Given): Scenario {
  const fewestDays = given.shock ? shock.day + fewestDaysAfterShock : 3;
  const delayDays = wholeNumber("delay-days", given["delay-days"], { from: 0, to: 2 });
  const delayHours = given["delay-hours"] ?? "2";
  const { complaints } = given;
  return {
    days: wholeNumber("days", given.days, { from: fewestDays, to: 3_650 }),
    delayDays,
    delayHours: wholeNumber("delay-hours", delayHours, { from: 0, to: 72 }),
    fullPerDay,
    ...(complaints !== undefined && { complaintRate: anyNumber("complaints", complaints, { from: 0, to: 1 }) }),
    ...(given.shock && { shock }),
  };
}

const everyMs = 4_000;

/** A line on the error stream every few seconds: a long run shows that it goes on. */
function progress({ seeds }: Job, terminal: Terminal): (done: number) => void {
  let lastMs = Date.now();
  return (done) => {
    if (done === seeds || Date.now() - lastMs < everyMs) return;
    lastMs = Date.now();
    terminal.err(`simulate: ${done} of ${seeds} seeds`);
  };
}

/** Six digits after the point say more than any number of seeds can know. NaN has no JSON: null. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Math.round(value * 1e6) / 1e6 : value;
}
