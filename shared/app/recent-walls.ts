import { errorName } from "../domain/errors.ts";
import type { WallLevel } from "../domain/quality/wall.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Walls } from "../ports/walls.ts";

export interface RecentWallPorts {
  readonly walls: Pick<Walls, "read">;
  readonly clock: Clock;
  readonly log: Log;
}

/** A wall takes effect this late at most, ms; more often it is not worth a read. */
const readEveryMs = 60_000;

/** The walls in force as one instance of a function last read them. */
export class RecentWalls {
  readonly #ports: RecentWallPorts;
  #readAtMs = Number.NEGATIVE_INFINITY;
  #levels: ReadonlyMap<string, WallLevel> = new Map();

  constructor(ports: RecentWallPorts) {
    this.#ports = ports;
  }

  /** By stream. Never throws: a read that fails stops no mail, and what was read before stays. */
  async levels(): Promise<ReadonlyMap<string, WallLevel>> {
    const { walls, clock, log } = this.#ports;
    const nowMs = clock.nowMs();
    if (nowMs - this.#readAtMs < readEveryMs) return this.#levels;
    this.#readAtMs = nowMs;
    try {
      const records = await walls.read();
      const inForce = records.flatMap(({ stream, wall }): [string, WallLevel][] =>
        wall === undefined ? [] : [[stream, wall.level]],
      );
      this.#levels = new Map(inForce);
    } catch (error) {
      log.warn("WALLS_NOT_READ", { error: errorName(error) });
    }
    return this.#levels;
  }
}
