import { errorText } from "../../domain/errors.ts";
import type { OutcomeReading } from "../../domain/feedback/outcome-counts.ts";
import { sharedRouteName } from "../../domain/routing/route.ts";
import { judgeArms } from "./judge-arms.ts";
import { type Attempt, judgeStreams } from "./judge-streams.ts";
import type { QualityPorts, QualitySettings } from "./quality-ports.ts";
import { readWeek } from "./read-week.ts";
import { tellBrakeEnds } from "./tell-brake-ends.ts";

/**
 * Judges by the outcomes of the last week the list behind every stream and the IPs of every pool, and tells which brakes
 * are over. Safe to repeat: what has not changed is not written or told again.
 * @throws when something could not be read or written; the rest is done
 */
export async function judgeQuality(ports: QualityPorts, settings: QualitySettings): Promise<void> {
  const failures: unknown[] = [];
  const attempt: Attempt = async (what, work) => {
    try {
      await work();
    } catch (error) {
      ports.log.error("QUALITY_FAILED", { what, error: errorText(error) });
      failures.push(error);
    }
  };
  const pools = [...settings.pools.keys()];
  for (const pool of pools) await attempt(`brakes of pool ${pool}`, () => tellBrakeEnds(ports, pool));
  const week = new Map<string, readonly OutcomeReading[]>();
  for (const pool of [...pools, sharedRouteName]) {
    await attempt(`pool ${pool}`, async () => void week.set(pool, await readWeek(ports, pool)));
  }
  for (const [pool, readings] of week) {
    if (pool !== sharedRouteName) await attempt(`samples of pool ${pool}`, () => judgeArms(ports, pool, readings));
  }
  await attempt("walls", () => judgeStreams(ports, settings, week, attempt));
  ports.log.info("QUALITY_JUDGED", { streams: settings.streams.size, pools: week.size, failures: failures.length });
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} parts of the quality run failed`);
}
