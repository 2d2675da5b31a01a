import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/**
 * Leaves out of a function's bundle how zod writes JSON Schema (18 kB, ADR 0023): every schema refers to it, and no
 * function asks for it. What is left says so when it is called.
 */
export const leanZod: Plugin = {
  name: "lean-zod",
  setup(build) {
    build.onLoad(
      { filter: /[\\/]zod[\\/]v4[\\/]core[\\/](?:to-json-schema|json-schema-processors)\.js$/ },
      async ({ path }) => ({ contents: withoutBodies(await readFile(path, "utf8")) }),
    );
  },
};

/** A module of the same names, each of which throws when it is called. */
export function withoutBodies(module: string): string {
  const declared = [...module.matchAll(/^export (?:function|const) (\w+)/gm)].map(([, name]) => name);
  const renamed = [...module.matchAll(/^export \{ \w+ as (\w+) \};$/gm)].map(([, name]) => name);
  const leftOut =
    'const leftOut = () => { throw new Error("JSON Schema is left out of the bundles of functions: see infra/aws/bundling/lean-zod.ts"); };';
  return `${leftOut}\nexport { ${[...declared, ...renamed].map((name) => `leftOut as ${name}`).join(", ")} };`;
}
