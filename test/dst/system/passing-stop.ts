import { utcDay } from "../../../shared/domain/utc-day.ts";
import type { SesCall, SesTrouble } from "../aws/ses-service.ts";
import type { Random } from "../engine/random.ts";
import { isBraked, isDayOver, widestLimit } from "./late-mail.ts";
import { enqueue } from "./phases.ts";
import { type Mail, plainMail } from "./workload.ts";
import type { World } from "./world.ts";

const secondMs = 1_000;

/** A stop of SES's: what it keeps, and what it must not. */
interface Stop {
  readonly trouble: SesTrouble;
  readonly meets: (call: SesCall) => boolean;
  /** SES tenant of the mail that is stopped. */
  readonly tenant?: string;
  /** Stream of the mail beside it, with routes of its own; none where the whole account is stopped. */
  readonly beside?: string;
  /** Time after its end in which all has to leave, ms. */
  readonly afterMs: number;
}

/** A circuit stands two minutes; what it kept comes back within half a minute, by clocks that differ. */
const afterMs = 180 * secondMs;

const ofShared = { meets: ({ configurationSet }: SesCall) => configurationSet === "shared", beside: "orders", afterMs };

const stops: readonly Stop[] = [
  { trouble: "set-paused", ...ofShared },
  { trouble: "set-missing", ...ofShared },
  { trouble: "pool-missing", ...ofShared },
  { trouble: "tenant-paused", meets: ({ tenant }) => tenant === "blue", tenant: "blue", beside: "news", afterMs },
  // One message asks for all others first.
  { trouble: "paused", meets: () => true, afterMs: 270 * secondMs },
];

/** All of it takes less than this, ms. */
const longestMs = 600 * secondMs;

/** Mail beside a stop leaves as if there were none, within so long, ms. */
const promptMs = 60 * secondMs;

/** SES refuses some mail for a while: what overflows waits no longer than that, and other mail does not wait at all. */
export async function judgePassingStop(world: World, random: Random): Promise<void> {
  const { scheduler } = world;
  if (isDayOver(world, longestMs)) return;
  const hasRoom = await clearTheWay(world);
  const { trouble, meets, tenant, beside, afterMs: patienceMs } = random.pick(stops);
  const fromMs = scheduler.nowMs;
  const untilMs = fromMs + random.between(100, 150) * secondMs;
  world.refuse({ trouble, meets, untilMs });
  const stopped = [0, 1, 2].map((index) => plainMail(`stopped-${index}`, "news", tenant));
  for (const mail of stopped) enqueue(world, { mail, atMs: fromMs + random.between(0, 20) * secondMs });
  const good = [0, 1, 2, 3].map((index) => plainMail(`beside-${index}`, beside ?? "orders"));
  for (const mail of good) enqueue(world, { mail, atMs: fromMs + random.between(25, 40) * secondMs });
  await scheduler.runUntil(fromMs + 40 * secondMs + promptMs);
  if (beside === undefined) expectFewCalls(world, good);
  else if (hasRoom || beside === "news") expectSent(world, good, `waits for a stop that is not its own: ${trouble}`);
  await scheduler.runUntil(Math.max(scheduler.nowMs, untilMs + patienceMs));
  expectSent(world, stopped, `waits longer than the stop: ${trouble}`);
}

/** No wall before the stream that is stopped, and room for `orders`. @returns whether a route of theirs is without a brake */
async function clearTheWay(world: World): Promise<boolean> {
  const { scheduler, evidence, ramp, tables } = world;
  if (evidence.walls.of("news") !== undefined) world.putWall("news", undefined);
  const open = ["alone-warming", "alone-established"].filter((set) => !isBraked(tables, set));
  for (const set of open) ramp.widen(set, utcDay(scheduler.nowMs), widestLimit);
  await scheduler.runUntil(scheduler.nowMs + 65 * secondMs);
  return open.length > 0;
}

/** Who knows that SES takes nothing of the account asks by one message, not by all that come. */
function expectFewCalls({ evidence }: World, mails: readonly Mail[]): void {
  const called = mails.filter(({ key }) => (evidence.trails.get(key)?.attempts.length ?? 0) > 0);
  if (called.length > 1) evidence.faults.push(`SES is called for ${called.length} mails though the account is paused`);
}

function expectSent({ evidence }: World, mails: readonly Mail[], fault: string): void {
  for (const { key } of mails) {
    const isSent = evidence.trails.get(key)?.attempts.some(({ acceptedMs }) => acceptedMs.length > 0) ?? false;
    if (!isSent) evidence.faults.push(`${key}: ${fault}`);
  }
}
