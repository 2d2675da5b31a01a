import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const biome = join(root, "node_modules", ".bin", "biome");

/** A small bug where the product could have it, and the rule that must find it. */
const planted: readonly { bug: string; path: string; rule: string; text: string }[] = [
  {
    bug: "a promise nobody waits for",
    path: "shared/app/planted-floating.ts",
    rule: "noFloatingPromises",
    text: "const put = async (): Promise<void> => {};\nexport function work(): void {\n  put();\n}\n",
  },
  {
    bug: "a port's promise nobody waits for",
    path: "shared/app/planted-port.ts",
    rule: "noFloatingPromises",
    text: "interface Store {\n  put(id: string): Promise<void>;\n}\nexport function work(store: Store): void {\n  store.put('a');\n}\n",
  },
  {
    bug: "an async callback where nobody waits",
    path: "shared/app/planted-misused.ts",
    rule: "noMisusedPromises",
    text: "const put = async (id: string): Promise<void> => {\n  await Promise.resolve(id);\n};\nexport function work(ids: string[]): void {\n  ids.forEach(async (id) => {\n    await put(id);\n  });\n}\n",
  },
  {
    bug: "a use case that imports an adapter",
    path: "shared/app/planted-adapter.ts",
    rule: "noRestrictedImports",
    text: 'import { systemClock } from "../adapters/system-clock.ts";\nexport const nowMs = (): number => systemClock.nowMs();\n',
  },
  {
    bug: "a use case that imports the AWS SDK",
    path: "shared/app/planted-sdk.ts",
    rule: "noRestrictedImports",
    text: 'import { SQSClient } from "@aws-sdk/client-sqs";\nexport const client = new SQSClient({});\n',
  },
  {
    bug: "a domain that imports Node",
    path: "shared/domain/planted-node.ts",
    rule: "noRestrictedImports",
    text: 'import { randomBytes } from "node:crypto";\nexport const id = (): string => randomBytes(8).toString("hex");\n',
  },
  {
    bug: "a domain that imports a package",
    path: "shared/domain/planted-package.ts",
    rule: "noRestrictedImports",
    text: 'import * as z from "zod";\nexport const Name = z.string();\n',
  },
  {
    bug: "a domain that imports a port",
    path: "shared/domain/planted-port.ts",
    rule: "noRestrictedImports",
    text: 'import type { Clock } from "../ports/clock.ts";\nexport const nowMs = (clock: Clock): number => clock.nowMs();\n',
  },
  {
    bug: "an adapter that imports a use case",
    path: "shared/adapters/planted-app.ts",
    rule: "noRestrictedImports",
    text: 'import { inParallel } from "../app/in-parallel.ts";\nexport const all = inParallel;\n',
  },
  {
    bug: "a clock in the domain",
    path: "shared/domain/planted-date.ts",
    rule: "noRestrictedGlobals",
    text: "export const nowMs = (): number => Date.now();\n",
  },
  {
    bug: "a clock in a use case",
    path: "shared/app/planted-date.ts",
    rule: "noRestrictedGlobals",
    text: "export const nowMs = (): number => Date.now();\n",
  },
  {
    bug: "console in product code",
    path: "shared/app/planted-console.ts",
    rule: "noConsole",
    text: 'export function work(): void {\n  console.log("sent");\n}\n',
  },
  {
    bug: "the environment read outside a composition root",
    path: "functions/release/planted-environment.ts",
    rule: "noProcessEnv",
    text: "export const table = process.env.STATE_TABLE;\n",
  },
  {
    bug: "any",
    path: "shared/app/planted-any.ts",
    rule: "noExplicitAny",
    text: "export const same = (value: any): unknown => value;\n",
  },
  {
    bug: "a switch that forgets a case",
    path: "shared/domain/planted-switch.ts",
    rule: "useExhaustiveSwitchCases",
    text: 'export function width(side: "left" | "right"): number {\n  switch (side) {\n    case "left":\n      return 1;\n  }\n  return 0;\n}\n',
  },
];

interface Finding {
  readonly category: string;
  readonly location: { readonly path: string | { readonly file: string } };
}

let folder: string;
let found: string[];

/** A tree of its own, so that nothing planted lies where other checks run; modules and rules are the repository's. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ses-warmup-lint-"));
  for (const name of ["node_modules", "biome.json", "tsconfig.json", "package.json", ".gitignore"]) {
    symlinkSync(join(root, name), join(folder, name));
  }
  for (const { path, text } of [
    ...planted,
    { path: "shared/adapters/system-clock.ts", text: "export const systemClock = { nowMs: (): number => 0 };\n" },
    { path: "shared/ports/clock.ts", text: "export interface Clock {\n  nowMs(): number;\n}\n" },
    { path: "shared/app/in-parallel.ts", text: "export const inParallel = (): void => {};\n" },
  ]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const args = ["lint", "--vcs-enabled=false", "--reporter=json", "--max-diagnostics=none", "shared", "functions"];
  const { stdout } = spawnSync(biome, args, { cwd: folder, encoding: "utf8" });
  const { diagnostics }: { diagnostics: Finding[] } = JSON.parse(stdout);
  found = diagnostics.map(({ category, location: { path } }) => {
    const file = typeof path === "string" ? path : path.file;
    return `${category.split("/").at(-1)} ${file}`;
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(planted)("$bug is found by $rule", ({ path, rule }) => {
  expect(found).toContainEqual(expect.stringMatching(new RegExp(`^${rule} .*${path}$`)));
});

test("what is right is not reported", () => {
  expect(found.filter((finding) => finding.endsWith("system-clock.ts") || finding.endsWith("ports/clock.ts"))).toEqual(
    [],
  );
});
