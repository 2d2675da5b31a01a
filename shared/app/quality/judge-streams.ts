import type { OutcomeReading } from "../../domain/feedback/outcome-counts.ts";
import { judgeWall } from "../../domain/quality/judge-wall.ts";
import { listFault } from "../../domain/quality/reference-arm.ts";
import { qualityOf } from "../../domain/quality/stream-quality.ts";
import type { WallRecord } from "../../domain/quality/wall.ts";
import { poolNamesOf, streamByPool } from "../../domain/routing/choose-pool.ts";
import { routesOf, sharedRouteName } from "../../domain/routing/route.ts";
import type { Stream } from "../../domain/routing/stream.ts";
import { utcDay } from "../../domain/utc-day.ts";
import { toleratedMs } from "../clock/trust-clock.ts";
import { keepWall } from "./keep-wall.ts";
import type { QualityPorts, QualitySettings } from "./quality-ports.ts";

/** Outcomes of the last week by pool; a pool that could not be read is missing. */
export type Week = ReadonlyMap<string, readonly OutcomeReading[]>;

/** Runs one part of a run; its failure is noted and stops no other part. */
export type Attempt = (what: string, work: () => Promise<void>) => Promise<void>;

/** Judges every stream by all its mail, and ends the walls of streams that the configuration has no more. */
export async function judgeStreams(
  ports: QualityPorts,
  { streams, pools }: QualitySettings,
  week: Week,
  attempt: Attempt,
): Promise<void> {
  const records = new Map((await ports.walls.read()).map((record) => [record.stream, record]));
  for (const stream of streams.values()) {
    // Half of a stream's mail is no ground to judge it, least of all to lower its wall.
    const routes = streamByPool(stream).flatMap((each) => routesOf(each, pools));
    const isWhole = routes.every(({ pool }) => week.has(pool));
    if (isWhole)
      await attempt(`stream ${stream.name}`, () => judgeStream(ports, stream, records.get(stream.name), week));
  }
  for (const record of records.values()) {
    if (streams.has(record.stream)) continue;
    await attempt(`stream ${record.stream}`, () => keepWall(ports, record, undefined));
  }
}

async function judgeStream(
  ports: QualityPorts,
  stream: Stream,
  known: WallRecord | undefined,
  week: Week,
): Promise<void> {
  const record = await mended(ports, recordOf(stream, known));
  const { wall: before, liftedDay = "" } = record;
  const byPool = [...week.values()].map((readings) =>
    readings.filter(({ key }) => key.stream === stream.name && key.day > liftedDay),
  );
  // Pool by pool: rules give each another part of the list, and only samples of the same part can be compared.
  const fault = byPool.map((own) => listFault(own, before?.cause === "list")).find((found) => found !== undefined);
  const today = utcDay(ports.clock.nowMs());
  const found = judgeWall({ today, days: qualityOf(stream.name, byPool.flat()), before, liftedDay, listFault: fault });
  return keepWall(ports, record, found);
}

/** A lift that a clock ahead dated in days to come would keep the stream unjudged until then: it counts from today on. */
async function mended({ walls, clock, log }: QualityPorts, record: WallRecord): Promise<WallRecord> {
  const latest = utcDay(clock.nowMs() + toleratedMs);
  if ((record.liftedDay ?? "") <= latest) return record;
  const lifted = { ...record, liftedDay: latest };
  if (!(await walls.write(lifted))) throw new Error("the wall's record was changed meanwhile: the next run judges");
  log.warn("LIFT_MENDED", { stream: record.stream, was: record.liftedDay, is: latest });
  return { ...lifted, version: record.version + 1 };
}

/** What is on record of a stream, with the pools that it has by now. */
function recordOf(stream: Stream, known: WallRecord | undefined): WallRecord {
  const names = poolNamesOf(stream);
  const pools = names.length > 1 ? names : undefined;
  return { version: 0, ...known, stream: stream.name, pool: stream.pool ?? sharedRouteName, pools };
}
