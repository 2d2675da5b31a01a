import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { OwnModelMaker } from "../../shared/domain/simulation/own-model.ts";
import type { ModelSource } from "../../shared/domain/simulation/run.ts";
import { UsageError } from "../usage-error.ts";

const priors = ["easy", "mid", "strict"] as const;

/**
 * What `--model` names: a prior as it is, a module as its absolute path.
 * @param folder - where a relative path starts
 * @throws UsageError that says what there is
 */
export function namedModel(given: string, folder: string): string {
  if (isPrior(given)) return given;
  const path = resolve(folder, given);
  if (existsSync(path)) return path;
  throw new UsageError(
    `${given} is not a model. Expected one of: ${priors.join(", ")}, or the path of an ES module; there is no ${path}.`,
  );
}

/** Opens what `namedModel` found. @throws UsageError when the module cannot be loaded or makes no model */
export async function loadModel(name: string): Promise<ModelSource> {
  if (isPrior(name)) return name;
  const made: unknown = await defaultExport(name);
  if (isMaker(made)) return made;
  throw new UsageError(
    `${name} has no function as its default export. Expected: export default (setup) => ({ send(step), capacityToday(day) }).`,
  );
}

export function isPrior(name: string): name is (typeof priors)[number] {
  return priors.some((prior) => prior === name);
}

/** What it makes is checked when it is called. */
function isMaker(value: unknown): value is OwnModelMaker {
  return typeof value === "function";
}

async function defaultExport(path: string): Promise<unknown> {
  try {
    const loaded: { readonly default?: unknown } = await import(pathToFileURL(path).href);
    return loaded.default;
  } catch (error) {
    throw new UsageError(`${path} cannot be loaded as an ES module: ${String(error)}`, { cause: error });
  }
}
