import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { namesOnly } from "../../infra/aws/bundling/lean-zod.ts";

const zod = (file: string) => readFileSync(fileURLToPath(new URL(file, import.meta.resolve("zod/v4"))), "utf8");

test("every name by which zod's schemas reach JSON Schema stays", () => {
  const schemas = zod("classic/schemas.js");
  const processors = [...schemas.matchAll(/\bprocessors\.(\w+)\(/g)].map(([, name]) => name);
  const makers = schemas.match(/import \{ ([\w, ]+) \} from "\.\.\/core\/to-json-schema\.js"/)?.[1]?.split(", ") ?? [];
  expect([processors.length > 0, makers.length > 0]).toEqual([true, true]);
  const kept = namesOnly(zod("core/json-schema-processors.js")) + namesOnly(zod("core/to-json-schema.js"));
  expect([...processors, ...makers].filter((name) => !kept.includes(`export const ${name} = `))).toEqual([]);
});
