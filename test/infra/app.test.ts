import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Validations } from "aws-cdk-lib";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { AwsSolutionsChecks } from "cdk-nag";
import { beforeAll, describe, expect, test } from "vitest";
import local from "../../infra/local/warm-up.config.ts";
import type { ConfigurationInput } from "../../shared/contracts/configuration.ts";
import { aStack } from "./synthesize.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ses-warmup-infra-"));

interface Run {
  readonly code: number;
  readonly stderr: string;
}

/** Synthesizes as the CDK's command does, with a configuration of its own when one is named. */
function synthesize(out: string, configuration?: string): Promise<Run> {
  const context = configuration === undefined ? {} : { configuration };
  const env = { ...process.env, CDK_OUTDIR: out, CDK_CONTEXT_JSON: JSON.stringify(context) };
  return new Promise((resolve) => {
    execFile(process.execPath, ["infra/app.ts"], { cwd: root, env }, (error, _stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stderr });
    });
  });
}

describe("a configuration that can be deployed", () => {
  const out = join(folder, "sample");
  let run: Run;
  beforeAll(async () => {
    run = await synthesize(out);
  });
  const read = (file: string) => readFileSync(join(out, file), "utf8");

  test("makes one stack, named by the configuration", () => {
    expect(run.code, run.stderr).toBe(0);
    expect(readdirSync(out).filter((file) => file.endsWith(".template.json"))).toEqual(["ses-warmup.template.json"]);
  });

  test("has no finding of cdk-nag that nobody answered", () => {
    expect(JSON.parse(read("validation-report.json")).pluginReports).toEqual([]);
  });

  /** What would be uploaded, the dispatcher's first. */
  const bundles = () => {
    const { Resources } = JSON.parse(read("ses-warmup.template.json"));
    return Object.values<{ Type: string; Properties: { Code: { S3Key: string } } }>(Resources)
      .filter(({ Type }) => Type === "AWS::Lambda::Function")
      .map(({ Properties }) => {
        const file = `asset.${Properties.Code.S3Key.replace(/\.zip$/, "")}/index.mjs`;
        const { sources }: { sources: string[] } = JSON.parse(read(`${file}.map`));
        return { file, text: read(file), sources };
      });
  };

  test("bundles each function as an ES module of its own that exports its handler", () => {
    const made = bundles();
    expect(new Set(made.map(({ file }) => file)).size).toBe(8);
    for (const { text } of made) expect(text).toMatch(/export ?\{[^}]*\bhandler\b/);
    // The configuration is part of the bundle, not read from anywhere at run time.
    expect(made[0]!.text).toContain('"newsletter":{"pool":"marketing"');
  });

  test("bundles all that a function needs but Node itself", () => {
    for (const { text } of bundles()) {
      const imported = [...text.matchAll(/\bimport ?(?:[\w$*{}, ]+from ?|\( ?)"([^"]+)"/g)].map(([, name]) => name!);
      expect(imported.length).toBeGreaterThan(0);
      expect(imported.filter((name) => !isBuiltin(name))).toEqual([]);
    }
  });

  test("leaves out what no function can reach: other credentials than Lambda's, event streams, unused operations, JSON Schema", () => {
    for (const { text, sources } of bundles()) {
      expect(sources.some((source) => source.includes("@aws-sdk/credential-provider-env/"))).toBe(true);
      const other =
        /@aws-sdk\/(?:credential-provider-(?!env\/)|token-providers|nested-clients)|credential-provider-imds|event-streams\/|node_modules\/mnemonist|checksum\/(?:sha256|md5)\/(?:Sha256|Md5)Js/;
      expect(sources.filter((source) => other.test(source))).toEqual([]);
      expect(text).not.toContain("/v2/email/contact-lists");
      expect(text).not.toContain("json-schema.org");
    }
  });

  test("keeps the dispatcher's bundle below 450,000 bytes, and no other above", () => {
    for (const { text } of bundles()) expect(Buffer.byteLength(text)).toBeLessThan(450_000);
  });
});

/** The stack of a configuration in this process, checked as infra/app.ts has it checked. */
function checked(written?: ConfigurationInput) {
  const made = aStack(written);
  Validations.of(made.app).addPlugins(new AwsSolutionsChecks(made.app));
  return made;
}

test("the local system has no finding either, and a name of its own", () => {
  const { app, stack } = checked(local);
  expect(() => app.synth()).not.toThrow();
  expect(stack.stackName).toBe("ses-warmup-local");
});

test("a finding that nobody answered stops the synth", () => {
  const { app, stack } = checked();
  new Queue(stack, "QueueWithoutTls");
  expect(() => app.synth()).toThrow(/AwsSolutions-SQS4/);
});

describe("a configuration that cannot be deployed stops the synth", () => {
  const base = { identities: ["example.com"], streams: {} };
  /** What is wrong in itself is told first; how the parts fit each other can be judged only then. */
  const malformed = { ...base, pool: {}, plans: { slow: { startPerIp: 10, growthPerDay: 0.9, targetPerIp: 100 } } };
  const misfit = {
    ...base,
    pools: { a: { overflowTo: "b", ips: ["192.0.2.1"] }, b: { overflowTo: "a", ips: ["192.0.2.1"] } },
    streams: { receipts: { pool: "c" } },
  };
  const runs = new Map<string, Run>();
  beforeAll(async () => {
    for (const [name, written] of Object.entries({ malformed, misfit })) {
      const file = join(folder, `${name}.ts`);
      writeFileSync(file, `export default ${JSON.stringify(written)};\n`);
      runs.set(name, await synthesize(join(folder, name), file));
    }
  });

  test.each(["malformed", "misfit"])("a %s one, naming the file, without a stack trace or an assembly", (name) => {
    const { code, stderr } = runs.get(name)!;
    expect(code).toBe(1);
    expect(stderr.split("\n")[0]).toContain(`${name}.ts`);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(readdirSync(join(folder, name))).not.toContain("manifest.json");
  });

  test.each([
    ["an unknown key", "malformed", '(top level): unknown key "pool": remove or correct it'],
    ["a growth below 1", "malformed", "plans.slow.growthPerDay: 0.9 expected a growth of at least 1"],
    ["a pool that is not defined", "misfit", 'streams.receipts.pool: "c" is not a pool: expected one of a, b'],
    [
      "an overflow circle",
      "misfit",
      'pools.a.overflowTo: "b" makes an overflow circle (a -> b -> a): expected a chain',
    ],
    ["one IP in two pools", "misfit", 'pools.b.ips.0: "192.0.2.1"'],
  ])("%s", (_what, name, line) => {
    const lines = runs.get(name)!.stderr.split("\n");
    expect(lines.filter((each) => each.startsWith(`  ${line}`))).toHaveLength(1);
  });

  test("a file that is not there", async () => {
    const { code, stderr } = await synthesize(join(folder, "nothing"), join(folder, "nowhere.ts"));
    expect(code).toBe(1);
    expect(stderr).toContain("There is no such file");
  });
});
