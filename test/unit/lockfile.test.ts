import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  packages: Record<string, { version?: string; optionalDependencies?: Record<string, string> }>;
};

test("the lockfile lists every platform's packages: one left out makes npm ci fail on all", () => {
  const listed = new Set(Object.keys(packages).map((path) => path.split("node_modules/").at(-1)));
  const named = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
  expect(named.filter((name) => !listed.has(name))).toEqual([]);
});
