import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";

const environmentCredentials = fileURLToPath(
  new URL("../../../shared/adapters/environment-credentials.ts", import.meta.url),
);

/**
 * Leaves out of a function's bundle what the AWS SDK brings along and no function can reach (ADR 0023):
 * - the chain of credential providers, with the SSO, OIDC and STS clients in it: Lambda gives a function's credentials
 *   by its environment;
 * - event streams: no operation we call has one, and their dynamic import keeps esbuild from dropping anything of the
 *   modules they share;
 * - operations and shapes of REST services (SES, 48 kB) that no imported command uses;
 * - the cache for endpoint discovery, which no client of ours turns on;
 * - all of a client's package.json but the version, which goes into the user agent.
 */
export const leanSdk: Plugin = {
  name: "lean-sdk",
  setup(build) {
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({ path: environmentCredentials }));
    build.onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ path }) => ({ path, namespace: "left-out" }));
    build.onLoad({ filter: /.*/, namespace: "left-out" }, ({ path }) => ({ contents: throwing(path) }));
    build.onResolve({ filter: /^@aws-sdk\/endpoint-cache$/ }, ({ path }) => ({ path, namespace: "never-filled" }));
    build.onLoad({ filter: /.*/, namespace: "never-filled" }, () => ({ contents: "export class EndpointCache {}" }));
    build.onLoad(
      { filter: /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/][^\\/]+\.js$/ },
      async ({ path }) => ({
        contents: withKeysWrittenOut(await readFile(path, "utf8")),
      }),
    );
    build.onLoad({ filter: /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, async ({ path }) => ({
      contents: versionOf(await readFile(path, "utf8")),
      loader: "json",
    }));
  },
};

function versionOf(packageJson: string): string {
  const { version }: { readonly version: string } = JSON.parse(packageJson);
  return JSON.stringify({ version });
}

function throwing(path: string): string {
  const sentence = `${path} is left out of the bundles of functions: see infra/aws/bundling/lean-sdk.ts`;
  return `throw new Error(${JSON.stringify(sentence)});`;
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
