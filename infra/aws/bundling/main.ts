// Run by the CDK app, which cannot wait for a promise while it makes constructs: bundles one function. The settings come
// by standard input, because a configuration may be longer than an argument.
import { readFileSync } from "node:fs";
import * as z from "zod";
import { bundle } from "./bundle.ts";

const Settings = z.object({ entry: z.string(), outfile: z.string(), define: z.record(z.string(), z.string()) });

await bundle(Settings.parse(JSON.parse(readFileSync(0, "utf8"))));
