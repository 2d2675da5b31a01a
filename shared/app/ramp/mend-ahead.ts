import { dayAfter, type UtcDay } from "../../domain/utc-day.ts";
import { type History, historyDays } from "../../domain/warm-up/history.ts";
import type { LifeCycle } from "../../domain/warm-up/life-cycle.ts";
import { datedBy } from "../../domain/warm-up/life-cycle-days.ts";
import type { RampMark, RecordedDecision } from "../../ports/ramp-record.ts";
import { inParallel } from "../in-parallel.ts";
import { closeDecision } from "./align-day.ts";
import type { RampPorts } from "./ramp-ports.ts";
import { audit, storeLifeCycle } from "./record-change.ts";

const concurrency = 10;

/** What is on record of a pool's warm-up. */
export interface RampState {
  readonly mark: RampMark | undefined;
  readonly lifeCycle: LifeCycle;
  /** By provider. */
  readonly histories: ReadonlyMap<string, History>;
}

/**
 * Reads what is on record of a pool. What a clock that was ahead dated in days still to come is taken back first: left
 * there, the ramp would stand still until they come. Safe to repeat: the mark is put back last.
 * @param latest - the last day that has begun
 */
export async function readMended(ports: RampPorts, pool: string, latest: UtcDay): Promise<RampState> {
  const [mark, lifeCycle, histories] = await Promise.all([
    ports.record.mark(pool),
    ports.lifeCycles.read(pool),
    ports.progress.read(pool),
  ]);
  const dated = datedBy(lifeCycle, latest);
  const isMarkAhead = mark !== undefined && mark.day > latest;
  if (!isMarkAhead && dated === lifeCycle) return { mark, lifeCycle, histories };
  const mended = dated === lifeCycle ? lifeCycle : await storeLifeCycle(ports, dated);
  const state = isMarkAhead ? await mendMark(ports, { pool, mark, histories, latest }) : { mark, histories };
  await tell(ports, pool, { was: mark?.day, is: state.mark?.day });
  return { ...state, lifeCycle: mended };
}

async function mendMark(
  ports: RampPorts,
  found: {
    readonly pool: string;
    readonly mark: RampMark;
    readonly histories: ReadonlyMap<string, History>;
    readonly latest: UtcDay;
  },
): Promise<Pick<RampState, "mark" | "histories">> {
  const { pool, mark, latest } = found;
  const ahead = await ports.record.decisions(pool, dayAfter(latest, 1), mark.day);
  await inParallel(ahead, concurrency, (decision) => takeBack(ports, decision));
  const histories = await cutHistories(ports, found);
  const opened = await ports.record.decisions(pool, dayAfter(latest, -historyDays), latest);
  // A version that no life cycle has: whatever day it is, it is looked at again.
  const back = { day: opened.at(-1)?.day ?? dayAfter(latest, -1), ips: mark.ips, version: -1 };
  await ports.record.setMark(pool, back);
  return { mark: back, histories };
}

/** Nothing may leave on a day before its own run has decided; that run takes this for no decision. */
async function takeBack(ports: RampPorts, decision: RecordedDecision): Promise<void> {
  const why = "a clock that was ahead had opened this day: its own run decides";
  await closeDecision(ports, decision, { rule: "not-begun", why });
}

/** A day that is not over was closed by half of its facts, and those to come by none: they are closed when they are over. */
async function cutHistories(
  { progress }: RampPorts,
  {
    pool,
    histories,
    latest,
  }: { readonly pool: string; readonly histories: ReadonlyMap<string, History>; readonly latest: UtcDay },
): Promise<ReadonlyMap<string, History>> {
  const cut = new Map(
    [...histories].map(([provider, history]) => [provider, history.filter(({ day }) => day < latest)]),
  );
  const changed = [...cut].filter(([provider, history]) => history.length !== histories.get(provider)?.length);
  await inParallel(changed, concurrency, ([provider, history]) => progress.write(pool, provider, history));
  return cut;
}

async function tell(
  ports: RampPorts,
  pool: string,
  { was, is }: { readonly was: UtcDay | undefined; readonly is: UtcDay | undefined },
): Promise<void> {
  ports.log.warn("RAMP_MENDED", { pool, was, is });
  const mark = was === is ? "" : `: the day ${was} had been opened before its time, and the ramp goes on after ${is}`;
  await audit(ports, {
    pool,
    action: "clock-mended",
    says: `what a clock that was ahead had dated is taken back${mark}`,
  });
}
