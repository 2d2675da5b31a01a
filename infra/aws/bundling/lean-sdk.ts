import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";
import * as z from "zod";

const environmentCredentials = fileURLToPath(
  new URL("../../../shared/adapters/environment-credentials.ts", import.meta.url),
);

/**
 * Leaves out of a function's bundle what the AWS SDK brings along and no function can reach (ADR 0023):
 * - the chain of credential providers, with the SSO, OIDC and STS clients in it: Lambda gives a function's credentials
 *   by its environment;
 * - event streams: no operation we call has one, and their dynamic import keeps esbuild from dropping anything of the
 *   modules they share;
 * - the cache of endpoint discovery (DynamoDB, 7 kB), which is off: it is made empty and throws when it is used;
 * - SHA-256 and MD5 in JavaScript (5 kB): Lambda's Node has both in node:crypto;
 * - of each package.json all but name and version, which the SDK tells the service;
 * - operations and shapes of REST services (SES, 48 kB) that no imported command uses;
 * - errors about what no function manages (8 kB): tables, backups, purges. One that came all the same has its name still.
 */
export const leanSdk: Plugin = {
  name: "lean-sdk",
  setup(build) {
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({ path: environmentCredentials }));
    build.onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ path }) => ({ path, namespace: "left-out" }));
    build.onLoad({ filter: /.*/, namespace: "left-out" }, ({ path }) => ({ contents: throwing(path) }));
    build.onResolve({ filter: /^mnemonist\/lru-cache$/ }, ({ path }) => ({ path, namespace: "never-used" }));
    build.onLoad({ filter: /.*/, namespace: "never-used" }, ({ path }) => ({ contents: unusable(path) }));
    build.onResolve({ filter: /^\.\/(?:Sha256Js|Md5Js)$/ }, ({ path }) => ({ path, namespace: "without-crypto" }));
    build.onLoad({ filter: /.*/, namespace: "without-crypto" }, ({ path }) => ({ contents: unmakable(path) }));
    build.onLoad({ filter: /[\\/]@aws-sdk[\\/][^\\/]+[\\/]package\.json$/ }, async ({ path }) => ({
      contents: nameAndVersion(await readFile(path, "utf8")),
      loader: "json",
    }));
    build.onLoad(
      { filter: /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/][^\\/]+\.js$/ },
      async ({ path }) => ({
        contents: withoutErrorsOf(unusedSubjects, withKeysWrittenOut(await readFile(path, "utf8"))),
      }),
    );
  },
};

function throwing(path: string): string {
  return `throw new Error(${JSON.stringify(sentenceOf(path))});`;
}

/** A class that can be made and not used. */
function unusable(path: string): string {
  const fail = `() => { throw new Error(${JSON.stringify(sentenceOf(path))}); }`;
  return `export default class { has = ${fail}; get = ${fail}; set = ${fail}; }`;
}

/** A class under the module's name that cannot be made. */
function unmakable(path: string): string {
  return `export class ${path.replace("./", "")} { constructor() { ${throwing(path)} } }`;
}

function sentenceOf(path: string): string {
  return `${path} is left out of the bundles of functions: see infra/aws/bundling/lean-sdk.ts`;
}

function nameAndVersion(text: string): string {
  const { name, version } = z.object({ name: z.string(), version: z.string() }).parse(JSON.parse(text));
  return JSON.stringify({ name, version });
}

/** What the errors are about that no operation of a function answers with, by the beginnings of their names. */
const unusedSubjects = [
  // DynamoDB
  "Backup",
  "ContinuousBackups",
  "Export",
  "GlobalTable",
  "Import",
  "InvalidExport",
  "InvalidRestore",
  "PointInTime",
  "Policy",
  "Replica[A-Z]",
  "Table",
  // SQS
  "PurgeQueue",
  "QueueDeleted",
  "QueueNameExists",
] as const;

/** Each error is registered by its shape, which keeps its class. The SDK gives an unregistered one its base class. */
export function withoutErrorsOf(subjects: readonly string[], schemas: string): string {
  const registration = `^n0_registry\\.registerError\\((?:${subjects.join("|")})\\w*\\$, \\w+\\);$`;
  return schemas.replace(new RegExp(registration, "gm"), "");
}

/**
 * `const _h = "http"; ... { [_h]: [...] }` with the key as text: `{ ["http"]: [...] }`. The value stays the same. esbuild
 * takes a computed key for an effect, keeps its statement for it, and so all that the statement refers to.
 */
export function withKeysWrittenOut(schemas: string): string {
  const texts = new Map<string, string>();
  for (const [, name = "", text = ""] of schemas.matchAll(/^const (\w+) = ("[^"\\]*");$/gm)) texts.set(name, text);
  return schemas.replace(/\[(\w+)\]:/g, (key, name: string) => (texts.has(name) ? `[${texts.get(name)}]:` : key));
}
