import type { JudgedWall } from "../../domain/quality/judge-wall.ts";
import { severity, type Wall, type WallRecord } from "../../domain/quality/wall.ts";
import { type QualityPorts, quality } from "./quality-ports.ts";

/**
 * Puts what was judged of a stream on record, and tells what rose or fell. A record that an operator changed meanwhile
 * is left alone: the next run judges anew.
 */
export async function keepWall(ports: QualityPorts, record: WallRecord, found: JudgedWall | undefined): Promise<void> {
  const nowMs = ports.clock.nowMs();
  const before = record.wall;
  const wall = found && wallOf(record, found, nowMs);
  if (JSON.stringify(wall) !== JSON.stringify(before)) {
    if (!(await ports.walls.write({ ...record, wall }))) return;
    if (wall?.level !== before?.level) await tell(ports, { record, before, wall }, nowMs);
  }
  // With every run, so that the alarm lasts as long as its cause.
  if (wall !== undefined) ports.log.warn("WALL_STANDS", fieldsOf(wall));
}

function wallOf({ stream, pool, pools, wall: before }: WallRecord, found: JudgedWall, nowMs: number): Wall {
  const { level, cause, why } = found;
  const sinceMs = before?.level === level ? before.sinceMs : nowMs;
  return { stream, pool, pools, level, cause, why, sinceMs };
}

interface WallChange {
  readonly record: WallRecord;
  readonly before: Wall | undefined;
  readonly wall: Wall | undefined;
}

async function tell(
  { audit, events, metrics, log }: QualityPorts,
  { record: { stream, pool }, before, wall }: WallChange,
  nowMs: number,
): Promise<void> {
  const rose = severity(wall?.level) > severity(before?.level);
  const cause = wall?.cause ?? before?.cause;
  const level = wall?.level ?? "none";
  const why = wall?.why ?? "what is left to judge by is below every limit";
  const told = { stream, pool, level, cause, why };
  if (rose) log.warn("WALL_RAISED", told);
  else log.info("WALL_LOWERED", told);
  if (rose) metrics.count("WallsRaised", 1, { pool, stream });
  // One run may change the walls of several streams at one moment.
  const action = `wall-${rose ? "raised" : "lowered"}-${stream}`;
  await audit.keep({ atMs: nowMs, by: quality, pool, action, says: `stream ${stream}: ${level} (${cause}: ${why})` });
  await events.publish({ type: "List Quality", pool, detail: { stream, level, cause, why } });
}

function fieldsOf({ stream, pool, level, cause, why }: Wall): Readonly<Record<string, string>> {
  return { stream, pool, level, cause, why };
}
