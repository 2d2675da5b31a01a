import { build, type Plugin } from "esbuild";
import { leanSdk } from "./lean-sdk.ts";
import { leanZod } from "./lean-zod.ts";

export interface BundleSettings {
  /** Module that exports the handler. */
  readonly entry: string;
  /** File to write; the source map goes beside it. */
  readonly outfile: string;
  /** Names to replace, by the text of an expression. */
  readonly define?: Readonly<Record<string, string>>;
  /** @default leanPlugins */
  readonly plugins?: readonly Plugin[];
}

/** Leaves out what no function can reach. */
export const leanPlugins: readonly Plugin[] = [leanSdk, leanZod];

/** Bundles a function for Node 24: one ES module. */
export async function bundle({ entry, outfile, define = {}, plugins = leanPlugins }: BundleSettings): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    // The SDK goes into the bundle: what was tested is what runs, whatever version the runtime carries.
    mainFields: ["module", "main"],
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    define,
    plugins: [...plugins],
    logLevel: "warning",
  });
}
