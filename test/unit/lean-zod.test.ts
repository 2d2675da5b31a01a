import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { withoutBodies } from "../../infra/aws/bundling/lean-zod.ts";

test.each(["to-json-schema", "json-schema-processors"])(
  "%s keeps its names, and each throws when called",
  async (name) => {
    const file = new URL(`${name}.js`, new URL(".", import.meta.resolve("zod/v4/core")));
    const whole = await import(fileURLToPath(file));
    const lean = withoutBodies(readFileSync(file, "utf8"));
    const made = await import(`data:text/javascript,${encodeURIComponent(lean)}`);
    expect(new Set(Object.keys(made))).toEqual(new Set(Object.keys(whole)));
    for (const leftOut of Object.values<() => void>(made)) expect(leftOut).toThrow(/left out of the bundles/);
  },
);
