import type { UtcDay } from "../utc-day.ts";

/**
 * What a wall does, from mild to severe; each does what those before it do. `hold-growth`: allowances of the stream's
 * pools do not grow. `no-warming`: the stream's mail takes no warming IPs. `no-overflow`: nor shared IPs, nor those of other pools.
 */
export const wallLevels = ["hold-growth", "no-warming", "no-overflow"] as const;

export type WallLevel = (typeof wallLevels)[number];

/** `list`: refused alike on our IPs and on others (reference-arm.ts). */
export type WallCause = "bounces" | "complaints" | "list";

/** A stream whose list endangers its pool, and what is done about it. */
export interface Wall {
  readonly stream: string;
  /** The pool the stream names; `shared` for none. */
  readonly pool: string;
  /** Every pool that the stream's mail may be given, `pool` first; left out where that is the only one. */
  readonly pools?: readonly string[] | undefined;
  readonly level: WallLevel;
  readonly cause: WallCause;
  /** In words, with the figures that decided. */
  readonly why: string;
  /** When it rose or fell to this level, epoch ms. */
  readonly sinceMs: number;
}

/** What is on record of a stream's walls. */
export interface WallRecord {
  readonly stream: string;
  readonly pool: string;
  /** As of the wall. */
  readonly pools?: readonly string[] | undefined;
  /** The one in force. */
  readonly wall?: Wall | undefined;
  /** An operator lifted a wall: mail admitted up to and including this day says nothing any more. */
  readonly liftedDay?: UtcDay | undefined;
  /** Rises with every change. 0: nothing is stored yet. */
  readonly version: number;
}

/** Whether a wall holds the growth of a pool: of each that carries the stream's mail, or a bad list would move on. */
export function holdsGrowthOf(wall: Wall, pool: string): boolean {
  return (wall.pools ?? [wall.pool]).includes(pool);
}

/** 0 for no wall, then 1 to 3. */
export function severity(level: WallLevel | undefined): number {
  return level === undefined ? 0 : wallLevels.indexOf(level) + 1;
}
