import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { withKeysWrittenOut, withoutErrorsOf } from "../../infra/aws/bundling/lean-sdk.ts";

test("a key that is a text of the file is written out, and nothing else changes", () => {
  const schemas = [
    'const _h = "http";',
    'const _odd = "a\\"b";',
    "const _n = 1;",
    "export var A$ = [3, _h, { [_h]: [_h], [_odd]: 1, [_n]: 2, [other]: 3 }, [_h]];",
  ];
  expect(withKeysWrittenOut(schemas.join("\n")).split("\n")).toEqual([
    ...schemas.slice(0, 3),
    'export var A$ = [3, _h, { ["http"]: [_h], [_odd]: 1, [_n]: 2, [other]: 3 }, [_h]];',
  ]);
});

test.each(["dynamodb", "eventbridge", "sesv2", "sqs"])("no key of the schemas of client-%s stays a name", (client) => {
  const file = new URL(
    "dist-es/schemas/schemas_0.js",
    new URL(".", import.meta.resolve(`@aws-sdk/client-${client}/package.json`)),
  );
  const schemas = readFileSync(fileURLToPath(file), "utf8");
  expect(schemas).toMatch(/\{ \[_\w+\]: /);
  expect(withKeysWrittenOut(schemas)).not.toMatch(/\[\w+\]:/);
});

test("errors about a subject are not registered, and those about others stay", () => {
  const registered = (name: string) => `n0_registry.registerError(${name}$, ${name});`;
  const names = [
    "TableInUseException",
    "ResourceInUseException",
    "ReplicatedWriteException",
    "ReplicaNotFoundException",
  ];
  expect(withoutErrorsOf(["Table", "Replica[A-Z]"], names.map(registered).join("\n")).split("\n")).toEqual([
    "",
    registered("ResourceInUseException"),
    registered("ReplicatedWriteException"),
    "",
  ]);
});
