import { runSeed, type SeedOptions } from "../system/run-seed.ts";
import { systemNamed } from "../system/systems.ts";
import { crashEverywhere } from "./crash-everywhere.ts";
import { scenarios } from "./scenarios.ts";
import type { Request, WorkerTask } from "./task.ts";
import { addVerdict, noTotals, type Totals } from "./totals.ts";

/** Makes what plays requests: with the clients' settings as they are in this thread, a planted bug included. */
export async function work(name: WorkerTask["system"]): Promise<(request: Request) => Promise<Totals>> {
  const options = await systemNamed(name);
  return (request) => {
    switch (request.kind) {
      case "seeds":
        return playSeeds(request, options);
      case "exhaustive":
        return playScenario(request.scenario, options);
      default:
        return request satisfies never;
    }
  };
}

function playScenario(number: number, options: SeedOptions): Promise<Totals> {
  const scenario = scenarios[number];
  if (scenario === undefined) throw new RangeError(`there is no scenario ${number}`);
  return crashEverywhere(number, scenario, options);
}

async function playSeeds(
  { from, count, untilViolation }: Extract<Request, { kind: "seeds" }>,
  options: SeedOptions,
): Promise<Totals> {
  const totals = noTotals();
  for (let seed = from; seed < from + count; seed += 1) {
    addVerdict(totals, await runSeed(seed, options));
    if (untilViolation && totals.violations.length > 0) break;
  }
  return totals;
}
