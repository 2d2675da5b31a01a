import { utcDay } from "../../../shared/domain/utc-day.ts";
import type { Item } from "../aws/attribute-values.ts";
import { waysOut } from "../check/ways-out.ts";
import type { Random } from "../engine/random.ts";
import { dedicatedSets } from "./ramp.ts";
import { releaseEveryMs } from "./settings.ts";
import type { Mail } from "./workload.ts";
import type { World } from "./world.ts";

const secondMs = 1_000;

/** Runs that look through a list of `longestList`, wherever the last run left off. */
const fullRound = 4;

/** Lists with more are not judged: lost answers can leave so many copies that a few runs do not see them all. */
const longestList = 14;

/** Runs after which held mail has to have come to rest. */
const mostRuns = 10;

/** Room for everything, however slowly the day opens. */
export const widestLimit = 10_000;

/** A holding, and the mail in it. */
interface Holding {
  readonly holdId: string;
  readonly untilMs: number;
  readonly mail: Mail;
}

/**
 * In the calm after a storm: held mail comes to rest, and then leaves by each way that opens to it. Whether it leaves in the
 * end is looked at elsewhere; here, whether it is late.
 */
export async function judgeRelease(world: World, random: Random): Promise<void> {
  const count = holdings(world).length;
  if (count === 0 || count > longestList) return;
  await comeToRest(world);
  if (isDayOver(world, (fullRound + 1) * releaseEveryMs)) return;
  const open = openSome(world, random);
  const { walls, faults } = world.evidence;
  const able = holdings(world).filter(({ mail }) => waysOut(mail, walls.of(mail.stream), open).length > 0);
  const left = (): Holding[] => holdings(world).filter(({ mail }) => able.some((each) => each.mail === mail));
  for (let run = 0; run < fullRound && left().length > 0; run += 1) await release(world);
  faults.push(...left().map(({ mail }) => `${mail.key}: held although ${[...open, "shared"].join(" or ")} is open`));
}

/** Nothing is put back that would only be held again: as long as nothing changes, release comes to rest. */
async function comeToRest(world: World): Promise<void> {
  let quiet = 0;
  for (let run = 0; run < mostRuns && quiet < fullRound; run += 1) {
    const nextRunMs = world.scheduler.nowMs + 2 * releaseEveryMs;
    const before = holdings(world).filter(({ untilMs }) => untilMs > nextRunMs);
    const steady = isSteady(world);
    await release(world);
    const after = new Set(holdings(world).map(({ holdId }) => holdId));
    const isQuiet = before.every(({ holdId }) => after.has(holdId));
    quiet = isQuiet || !steady ? quiet + 1 : 0;
  }
  if (quiet < fullRound) world.evidence.faults.push("held mail is put back again and again");
}

/** Whether the day ends within a time, and its room with it. */
export function isDayOver({ scheduler: { nowMs } }: World, withinMs: number): boolean {
  return utcDay(nowMs) !== utcDay(nowMs + withinMs);
}

/** No room opens by itself until the next run: no brake, no pace, no new hour. */
function isSteady({ scheduler, tables }: World): boolean {
  const hour = (atMs: number): number => Math.floor(atMs / 3_600_000);
  const changes = ({ M }: Item[string]): boolean => M?.brake !== undefined || M?.pace !== undefined;
  const items = tables.state.withPrefix("allowance#");
  return (
    hour(scheduler.nowMs) === hour(scheduler.nowMs + releaseEveryMs) &&
    !items.some((item) => Object.values(item).some(changes))
  );
}

/** Some walls fall, and some routes get room for everything. @returns sets with room */
function openSome(world: World, random: Random): ReadonlySet<string> {
  const { evidence, ramp, scheduler, tables } = world;
  for (const stream of evidence.walls.walled) if (random.chance(0.5)) world.putWall(stream, undefined);
  const open = dedicatedSets.filter((set) => random.chance(0.3) && !isBraked(tables, set));
  for (const set of open) ramp.widen(set, utcDay(scheduler.nowMs), widestLimit);
  return new Set(open);
}

/** Whether a brake is on the record of a configuration set of dedicated IPs, of any day. */
export function isBraked({ state }: World["tables"], set: string): boolean {
  const [, pool, kind] = /^(.+)-(.+)$/.exec(set) ?? [];
  const items = state.withPrefix(`allowance#${pool}#${kind}#`);
  return items.some((item) => Object.values(item).some(({ M }) => M?.brake !== undefined));
}

async function release(world: World): Promise<void> {
  // What was opened at this moment is on record then.
  await world.scheduler.runUntil(world.scheduler.nowMs + 15 * secondMs);
  world.releaseHeld();
  await world.scheduler.runUntil(world.scheduler.nowMs + releaseEveryMs - 15 * secondMs);
}

function holdings({ tables, scheduler, evidence }: World): Holding[] {
  return tables.held.withPrefix("held#").flatMap(({ holdId, untilMs, sk }) => {
    const parts = tables.held.sorted(`body#${holdId?.S}`, undefined, scheduler.nowMs);
    const trail = evidence.byBody.get(parts.map(({ body }) => body?.S ?? "").join(""));
    if (trail === undefined || sk?.S?.startsWith("room#") !== true) return [];
    return [{ holdId: holdId?.S ?? "", untilMs: Number(untilMs?.N), mail: trail.mail }];
  });
}
