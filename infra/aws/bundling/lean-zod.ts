import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/**
 * Leaves out of a function's bundle how zod writes a schema as JSON Schema (18 kB): no function asks for it (ADR 0023).
 * Each schema gets its methods for that when it is made, so what makes them stays in name; who calls one is told.
 */
export const leanZod: Plugin = {
  name: "lean-zod",
  setup(build) {
    build.onLoad(
      { filter: /[\\/]zod[\\/]v4[\\/]core[\\/](?:to-json-schema|json-schema-processors)\.js$/ },
      async ({ path }) => ({ contents: namesOnly(await readFile(path, "utf8")) }),
    );
  },
};

/** A module with the same functions, of which each gives a function that throws. */
export function namesOnly(module: string): string {
  const names = [...module.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name);
  const sentence = "JSON Schema is left out of the bundles of functions: see infra/aws/bundling/lean-zod.ts";
  return [
    `const leftOut = () => () => { throw new Error(${JSON.stringify(sentence)}); };`,
    ...names.map((name) => `export const ${name} = leftOut;`),
  ].join("\n");
}
