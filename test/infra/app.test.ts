import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
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

  test("bundles each function as an ES module that exports its handler", () => {
    const { Resources } = JSON.parse(read("ses-warmup.template.json"));
    const functions = Object.values<{ Type: string; Properties: { Code: { S3Key: string } } }>(Resources)
      .filter(({ Type }) => Type === "AWS::Lambda::Function")
      .map(({ Properties }) => `asset.${Properties.Code.S3Key.replace(/\.zip$/, "")}`);
    expect(functions).toHaveLength(5);
    for (const asset of functions) {
      expect(read(`${asset}/index.mjs`)).toMatch(/export ?\{[^}]*\bhandler\b/);
      expect(JSON.parse(read(`${asset}/index.mjs.map`)).sources.length).toBeGreaterThan(0);
    }
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
  const cases: readonly [string, object, string][] = [
    ["an unknown key", { ...base, pool: {} }, '  (top level): unknown key "pool": remove or correct it'],
    [
      "a pool that is not defined",
      { ...base, pools: { a: {} }, streams: { receipts: { pool: "b" } } },
      '  streams.receipts.pool: "b" is not a pool: expected one of a',
    ],
    [
      "an overflow circle",
      { ...base, pools: { a: { overflowTo: "b" }, b: { overflowTo: "a" } } },
      '  pools.a.overflowTo: "b" makes an overflow circle (a -> b -> a): expected a chain that ends',
    ],
    [
      "a growth below 1",
      { ...base, plans: { slow: { startPerIp: 10, growthPerDay: 0.9, targetPerIp: 100 } } },
      "  plans.slow.growthPerDay: 0.9 expected a growth of at least 1",
    ],
    [
      "one IP in two pools",
      { ...base, pools: { a: { ips: ["192.0.2.1"] }, b: { ips: ["192.0.2.1"] } } },
      '  pools.b.ips.0: "192.0.2.1"',
    ],
  ];

  test.concurrent.for(cases)("%s", async ([name, written, line], { expect }) => {
    const id = name.replaceAll(" ", "-");
    const file = join(folder, `${id}.ts`);
    writeFileSync(file, `export default ${JSON.stringify(written)};\n`);
    const out = join(folder, id);
    const { code, stderr } = await synthesize(out, file);
    expect(code).toBe(1);
    expect(stderr.split("\n")[0]).toContain(`${id}.ts`);
    expect(stderr.split("\n").filter((each) => each.startsWith(line))).toHaveLength(1);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(readdirSync(out)).not.toContain("manifest.json");
  });

  test("a file that is not there", async () => {
    const { code, stderr } = await synthesize(join(folder, "nothing"), join(folder, "nowhere.ts"));
    expect(code).toBe(1);
    expect(stderr).toContain("There is no such file");
  });
});
