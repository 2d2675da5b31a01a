import { Cron } from "croner";
import * as z from "zod";

const minuteMs = 60_000;
const unitMs: Readonly<Record<string, number>> = { minute: minuteMs, hour: 60 * minuteMs, day: 1_440 * minuteMs };

/** The times an EventBridge schedule runs at. */
export interface Timetable {
  /** The first time strictly after a moment, epoch ms; undefined when there is none. */
  next(afterMs: number): number | undefined;
}

/**
 * Reads an EventBridge Scheduler expression: `rate(5 minutes)`, `cron(0 * * * ? *)` or `at(2026-11-02T10:00:00)`.
 * @param timezone - IANA name; for cron and at
 */
export function timetable(expression: string, timezone: string): Timetable {
  const [, kind, given = ""] = /^(rate|cron|at)\((.+)\)$/.exec(expression) ?? [];
  if (kind === "rate") return rateTimetable(given);
  if (kind === "cron") return cronTimetable(cronPattern(given), timezone);
  if (kind === "at") return cronTimetable(given, timezone);
  throw new Error(`${expression}: expected rate(...), cron(...) or at(...)`);
}

/** A rate counts from whenever it was made; here from 1970, so that it is the same after a restart. */
function rateTimetable(given: string): Timetable {
  const [, count, unit = ""] = /^(\d+) (minute|hour|day)s?$/.exec(given) ?? [];
  const everyMs = Number(count) * (unitMs[unit] ?? Number.NaN);
  if (!Number.isFinite(everyMs)) throw new Error(`rate(${given}): expected a number of minutes, hours or days`);
  return { next: (afterMs) => (Math.floor(afterMs / everyMs) + 1) * everyMs };
}

function cronTimetable(pattern: string, timezone: string): Timetable {
  const cron = new Cron(pattern, { paused: true, timezone });
  return { next: (afterMs) => cron.nextRun(new Date(afterMs))?.getTime() };
}

/** AWS counts the days of the week from 1 for Sunday, croner from 0; names mean the same to both. */
function cronPattern(given: string): string {
  const fields = z
    .tuple([z.string(), z.string(), z.string(), z.string(), z.string(), z.string()])
    .parse(given.split(" "));
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields;
  const shifted = dayOfWeek.replace(/(?<![#\d])[1-7](?!\d)/g, (day) => String(Number(day) - 1));
  return `0 ${minute} ${hour} ${dayOfMonth} ${month} ${shifted} ${year}`;
}

interface Entry {
  readonly timetable: Timetable;
  /** @param scheduledAtMs - the time it was due, however late it is */
  readonly run: (scheduledAtMs: number) => Promise<void>;
  lastMs: number;
}

/** Runs schedules by a clock that may jump: each run missed in between is made up for, in order of time. */
export class Schedules {
  readonly #entries: Entry[] = [];

  /** @param sinceMs - runs due after this moment are made up for */
  add(expression: string, timezone: string, sinceMs: number, run: Entry["run"]): void {
    this.#entries.push({ timetable: timetable(expression, timezone), run, lastMs: sinceMs });
  }

  /** Runs everything that is due by now. */
  async runDue(nowMs: number): Promise<void> {
    for (let due = this.#earliest(nowMs); due !== undefined; due = this.#earliest(nowMs)) {
      due.entry.lastMs = due.atMs;
      await due.entry.run(due.atMs);
    }
  }

  #earliest(nowMs: number): { entry: Entry; atMs: number } | undefined {
    const due = this.#entries.flatMap((entry) => {
      const atMs = entry.timetable.next(entry.lastMs);
      return atMs !== undefined && atMs <= nowMs ? [{ entry, atMs }] : [];
    });
    return due.toSorted((one, other) => one.atMs - other.atMs)[0];
  }
}
