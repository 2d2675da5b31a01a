import { utcDay } from "../../domain/utc-day.ts";
import type { Walls } from "../../ports/walls.ts";
import { type ClockPorts, trustClock } from "../clock/trust-clock.ts";
import { type ActPorts, keepAct } from "../operator/keep-act.ts";

export interface LiftPorts extends ClockPorts, ActPorts {
  readonly walls: Walls;
}

export interface Lift {
  readonly stream: string;
  readonly result: "lifted" | "refused";
  /** In words. */
  readonly says: string;
}

/** How often a record is read again that the quality run changed meanwhile. */
const maxTries = 3;

/**
 * Ends a stream's wall, once its list is clean: mail admitted up to and including today says nothing any more.
 * @param by - who the audit names
 * @throws WrongClockError when this clock is not to be trusted, before anything is changed
 */
export async function liftWall(ports: LiftPorts, stream: string, by: string): Promise<Lift> {
  await trustClock(ports);
  const { clock, walls } = ports;
  for (let tries = 0; tries < maxTries; tries += 1) {
    const record = (await walls.read()).find((each) => each.stream === stream);
    if (record?.wall === undefined) return { stream, result: "refused", says: `stream ${stream} is behind no wall` };
    const { wall, ...rest } = record;
    const atMs = clock.nowMs();
    const liftedDay = utcDay(atMs);
    if (!(await walls.write({ ...rest, liftedDay }))) continue;
    const says = `the wall of stream ${stream} is lifted (${wall.level}, ${wall.cause}): days after ${liftedDay} are judged anew`;
    await keepAct(ports, { atMs, by, pool: wall.pool, action: `lift-${stream}`, says });
    return { stream, result: "lifted", says };
  }
  throw new Error(`the wall of stream ${stream} was changed by others meanwhile: repeat the command`);
}
