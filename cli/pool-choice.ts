import { UsageError } from "./usage-error.ts";

/** @throws UsageError that names the pools */
export function knownPool(pool: string, pools: ReadonlyMap<string, unknown>): string {
  if (pools.has(pool)) return pool;
  throw new UsageError(`${pool} is not a pool of this deployment. ${named(pools)}`);
}

/** The pool that was named, or every one: for verbs that only show. @throws UsageError */
export function shownPools(pool: string | undefined, pools: ReadonlyMap<string, unknown>): readonly string[] {
  return pool === undefined ? [...pools.keys()] : [knownPool(pool, pools)];
}

/** For verbs that change something: nobody is meant by accident. @throws UsageError that says what to type */
export function chosenPools(
  verb: string,
  { pool, all = false }: { readonly pool?: string | undefined; readonly all?: boolean | undefined },
  pools: ReadonlyMap<string, unknown>,
): readonly string[] {
  if (pool !== undefined && all) throw new UsageError(`--pool and --all exclude each other: leave one out.`);
  if (all) return [...pools.keys()];
  if (pool !== undefined) return [knownPool(pool, pools)];
  const [example = "POOL"] = pools.keys();
  throw new UsageError(
    `Which pool? ${named(pools)} Type "${verb} --pool ${example}", or "${verb} --all" for every pool.`,
  );
}

function named(pools: ReadonlyMap<string, unknown>): string {
  if (pools.size === 0) return "The deployment's configuration has no pools: add one under pools and deploy.";
  return `Its pools: ${[...pools.keys()].join(", ")}.`;
}
