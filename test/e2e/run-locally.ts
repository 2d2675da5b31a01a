import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { RecordedCall } from "../../infra/local/call-log.ts";
import { type LocalSystem, startAssembly } from "../../infra/local/local-system.ts";
import { synthesize } from "../../infra/local/synthesize.ts";
import type { Template } from "../../infra/local/template/template.ts";
import { installVirtualTime } from "../../infra/local/virtual-time.ts";
import { parseConfiguration } from "../../shared/contracts/parse-configuration.ts";
import { dayMs } from "../../shared/domain/utc-day.ts";

const minuteMs = 60_000;

export interface RunningSystem {
  readonly system: LocalSystem;
  readonly calls: RecordedCall[];
  readonly folder: string;
}

export interface StartOptions {
  /** Changes the synthesized template before anything is made from it. */
  readonly change?: (template: Template) => void;
  /** IPs of the configuration that the account does not have yet. */
  readonly leasedLater?: ReadonlySet<string>;
  /** From the repository's root. @default the local run's own */
  readonly configurationFile?: string;
}

/** The whole local system in this process, at one minute past midnight of a day whose allowances are open. */
export async function startAtMidnight({
  change,
  leasedLater,
  configurationFile = "infra/local/warm-up.config.ts",
}: StartOptions = {}): Promise<RunningSystem> {
  installVirtualTime();
  const { default: written }: { default: unknown } = await import(pathToFileURL(configurationFile).href);
  const folder = mkdtempSync(join(tmpdir(), "ses-warmup-e2e-"));
  const calls: RecordedCall[] = [];
  const startMs = Math.ceil(Date.now() / dayMs) * dayMs;
  const assembly = await synthesize(configurationFile, join(folder, "cdk.out"));
  change?.(assembly.template);
  const options = {
    dataFolder: folder,
    configurationFile,
    configuration: parseConfiguration(written),
    startMs,
    jumps: true,
    fullPerDay: 50_000,
    leasedLater: leasedLater ?? new Set<string>(),
    onCall: (call: RecordedCall) => calls.push(call),
  };
  const system = await startAssembly(options, assembly);
  await system.jumpTo(startMs + minuteMs);
  return { system, calls, folder };
}

/** Lets virtual time pass until nothing of the application's mail is on its way any more. */
export async function letPass(system: LocalSystem, minutes: number): Promise<void> {
  for (let passed = 0; passed < minutes; passed += 5) await system.jumpTo(system.clock.nowMs() + 5 * minuteMs);
}

/** Records of each dispatcher batch, from its log. */
export function dispatcherBatchSizes(folder: string): number[] {
  const logs = join(folder, "logs");
  const file = readdirSync(logs).find((name) => name.includes("Dispatcher")) ?? "";
  const lines = readFileSync(join(logs, file), "utf8").trim().split("\n");
  return (
    lines
      .map((line) => JSON.parse(line).message)
      // Metrics are lines of their own and have no message.
      .filter((message) => message?.code === "BATCH_DISPATCHED")
      .map(({ records }) => Number(records))
  );
}
