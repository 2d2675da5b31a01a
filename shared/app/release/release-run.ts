import type { Deployment, RouteStops } from "../../domain/routing/route-search.ts";
import type { AllowanceLedger } from "../../ports/allowance-ledger.ts";
import type { Clock } from "../../ports/clock.ts";
import type { HeldMail } from "../../ports/held-mail.ts";
import type { Log } from "../../ports/log.ts";
import type { SendQueue } from "../../ports/send-queue.ts";
import type { RecentCircuits } from "../dispatch/recent-circuits.ts";
import type { RecentWalls } from "../recent-walls.ts";
import type { SeenRoom } from "./seen-room.ts";

export interface ReleasePorts {
  readonly clock: Clock;
  readonly held: HeldMail;
  readonly allowances: Pick<AllowanceLedger, "read">;
  readonly walls: Pick<RecentWalls, "levels">;
  readonly circuits: Pick<RecentCircuits, "openNow">;
  readonly sendQueue: SendQueue;
  readonly log: Log;
}

/** One run: what it sees once, for all pools. */
export interface ReleaseRun {
  readonly ports: ReleasePorts;
  readonly deployment: Deployment;
  readonly stops: RouteStops;
  readonly room: SeenRoom;
  /** When it began, epoch ms. */
  readonly nowMs: number;
  /** No message is taken up after this moment, epoch ms. */
  readonly deadlineMs: number;
  readonly limits: ReleaseLimits;
}

/** What one run does at most. */
export interface ReleaseLimits {
  /** Messages it takes from one pool for one reason. What is left comes with the next run. */
  readonly atOnce: number;
  /** Messages it looks at of one list; the next run goes on behind them. */
  readonly lookedAt: number;
  /** Of these, from the head of the list: every run looks there first, because the best stand there. */
  readonly head: number;
  /** Messages of one read. */
  readonly page: number;
}

export const releaseLimits: ReleaseLimits = { atOnce: 2_000, lookedAt: 10_000, head: 2_000, page: 250 };

/** Messages put back at once. */
export const concurrency = 20;

export function isTimeLeft({ ports, deadlineMs }: ReleaseRun): boolean {
  return ports.clock.nowMs() < deadlineMs;
}
