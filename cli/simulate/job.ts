import { policies } from "../../shared/domain/simulation/policies.ts";
import type { Contender } from "../../shared/domain/simulation/run.ts";
import type { Scenario } from "../../shared/domain/simulation/scenario.ts";
import { UsageError } from "../usage-error.ts";

/** What is to be simulated; plain data, so that a worker can be told. */
export interface Job {
  /** A prior, or the absolute path of an ES module. */
  readonly model: string;
  /** Names of `policies`, in the order of the results. */
  readonly names: readonly string[];
  /** First seed, and how many in a row. */
  readonly from: number;
  readonly seeds: number;
  readonly scenario: Scenario;
}

/** The policies of a job. @throws UsageError that lists them */
export function contenders(names: readonly string[]): Contender[] {
  return names.map((name) => {
    const found = policies.get(name);
    if (found !== undefined) return found;
    throw new UsageError(`${name} is not a policy. Expected one of: ${[...policies.keys(), "all"].join(", ")}.`);
  });
}
