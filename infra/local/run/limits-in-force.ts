import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";

/** One limit of a warming allowance, and when it was told. */
export interface LimitChange {
  readonly atMs: number;
  /** Recipients a day. */
  readonly limit: number;
}

/** All limits that an allowance had, oldest first; by pool, provider and day. */
export type Limits = ReadonlyMap<string, readonly LimitChange[]>;

export interface AllowanceName {
  readonly pool: string;
  readonly provider: string;
  readonly day: string;
}

export const nameOf = ({ pool, provider, day }: AllowanceName): string => `${pool}/${provider}/${day}`;

/** A limit is told just after it is set, and what a dispatcher has reserved it may send until the end of its batch. */
const batchMs = 60_000;

const Decided = z.object({
  DetailType: z.literal("Allowances Decided"),
  /** Left out by the version before. */
  time: z.iso.datetime().optional(),
  detail: z.object({
    pool: z.string(),
    day: z.string(),
    decisions: z.array(z.object({ provider: z.string(), route: z.string(), allowance: z.number() })),
  }),
});

/** Reads what the ramp and the operators decided from the domain events of a run: the table has the last limit alone. */
export function readLimits(eventsFile: string): Limits {
  const lines = existsSync(eventsFile) ? readFileSync(eventsFile, "utf8").split("\n") : [];
  const changes = lines.flatMap((line) => changesIn(line));
  return Map.groupBy(changes, ({ name }) => name);
}

function changesIn(line: string): (LimitChange & { readonly name: string })[] {
  const read = Decided.safeParse(parsed(line));
  if (!read.success) return [];
  const { time, detail } = read.data;
  const warming = detail.decisions.filter(({ route }) => route === "warming");
  return warming.map(({ provider, allowance }) => ({
    name: nameOf({ ...detail, provider }),
    atMs: time === undefined ? 0 : Date.parse(time),
    limit: allowance,
  }));
}

/** A kill may cut off the last line. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/**
 * The highest limit that was in force while a mail that left at a moment was reserved and sent.
 * @param untold - stands for what was in force before the first limit that was told
 */
export function limitAt(changes: readonly LimitChange[], sentAtMs: number, untold: number): number {
  const before = changes.findLast(({ atMs }) => atMs <= sentAtMs - batchMs)?.limit ?? untold;
  const meanwhile = changes.filter(({ atMs }) => Math.abs(atMs - sentAtMs) < batchMs);
  return Math.max(before, ...meanwhile.map(({ limit }) => limit));
}
