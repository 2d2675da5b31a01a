import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RecordedCall } from "../../infra/local/call-log.ts";
import { type LocalSystem, startLocalSystem } from "../../infra/local/local-system.ts";
import { installVirtualTime } from "../../infra/local/virtual-time.ts";
import { parseConfiguration } from "../../shared/contracts/parse-configuration.ts";
import { dayMs } from "../../shared/domain/utc-day.ts";

const minuteMs = 60_000;

export interface RunningSystem {
  readonly system: LocalSystem;
  readonly calls: RecordedCall[];
  readonly folder: string;
}

/** The whole local system in this process, at one minute past midnight of a day whose allowances are open. */
export async function startAtMidnight(): Promise<RunningSystem> {
  installVirtualTime();
  const configurationFile = "infra/local/warm-up.config.ts";
  const { default: written } = await import("../../infra/local/warm-up.config.ts");
  const folder = mkdtempSync(join(tmpdir(), "ses-warmup-e2e-"));
  const calls: RecordedCall[] = [];
  const startMs = Math.ceil(Date.now() / dayMs) * dayMs;
  const system = await startLocalSystem({
    dataFolder: folder,
    deploymentFile: join(folder, "deployment.json"),
    configurationFile,
    configuration: parseConfiguration(written),
    startMs,
    jumps: true,
    fullPerDay: 50_000,
    onCall: (call) => calls.push(call),
  });
  await system.jumpTo(startMs + minuteMs);
  return { system, calls, folder };
}

/** Lets virtual time pass until nothing of the application's mail is on its way any more. */
export async function letPass(system: LocalSystem, minutes: number): Promise<void> {
  for (let passed = 0; passed < minutes; passed += 5) await system.jumpTo(system.clock.nowMs() + 5 * minuteMs);
}
