import type { StatusPorts, StatusSettings } from "../../shared/app/status/read-status.ts";
import { noOutcomes, type OutcomeCounts, type OutcomeReading } from "../../shared/domain/feedback/outcome-counts.ts";
import type { DedicatedRouteKind } from "../../shared/domain/routing/route.ts";
import { allowanceKeyText } from "../../shared/domain/sending/allowance.ts";
import type { AllowanceReading } from "../../shared/ports/allowance-ledger.ts";
import type { RecordedDecision } from "../../shared/ports/ramp-record.ts";
import { aPool, aStream, noonMs, today } from "./builders.ts";
import { MemoryBrakes } from "./fakes/memory-brakes.ts";
import { MemoryLifeCycles } from "./fakes/memory-life-cycles.ts";
import { MemoryProgress } from "./fakes/memory-progress.ts";
import { MemoryReferenceEvidence } from "./fakes/memory-reference-evidence.ts";
import { MemorySetAside } from "./fakes/memory-set-aside.ts";
import { MemoryWalls } from "./fakes/memory-walls.ts";

const quietQueue = { visible: 0, inFlight: 0, delayed: 0 };

interface Given {
  readonly provider: string;
  readonly limit: number;
  readonly used: number;
  readonly day?: string;
  readonly route?: DedicatedRouteKind;
  readonly pool?: string;
}

/** A deployment at noon that the operator's view reads, and only reads; every allowance in it has its decision. */
export function aDeployment() {
  const decisions: RecordedDecision[] = [];
  const readings: AllowanceReading[] = [];
  const outcomes: OutcomeReading[] = [];
  const held = new Map<string, number>();
  const walls = new MemoryWalls();
  const evidence = new MemoryReferenceEvidence();
  const brakes = new MemoryBrakes();
  const setAside = new MemorySetAside();
  const asked: { from: string; to: string }[] = [];
  const unused = (): never => {
    throw new Error("the operator's view only reads");
  };
  const ports: StatusPorts = {
    clock: { nowMs: () => noonMs },
    record: {
      mark: async () => undefined,
      setMark: unused,
      keep: unused,
      replace: unused,
      decisions: async (pool, from, to) => {
        asked.push({ from, to });
        return decisions.filter((each) => each.pool === pool && each.day >= from && each.day <= to);
      },
    },
    allowances: {
      open: unused,
      setLimit: unused,
      setBrake: unused,
      read: async (keys) => {
        const wanted = new Set(keys.map(allowanceKeyText));
        return readings.filter(({ key }) => wanted.has(allowanceKeyText(key)));
      },
    },
    lifeCycles: new MemoryLifeCycles(),
    progress: new MemoryProgress(),
    walls,
    evidence,
    brakes,
    outcomes: {
      read: async (pool, day) => outcomes.filter(({ key }) => key.pool === pool && key.day === day),
    },
    held: { count: async (pool) => held.get(pool) ?? 0 },
    setAside,
    queues: {
      read: async () => ({
        send: { ...quietQueue, visible: 7 },
        parked: quietQueue,
        quarantine: quietQueue,
        deadLetters: quietQueue,
      }),
    },
  };
  const decide = ({ provider, limit, day = today, route = "warming", pool = "news" }: Given) => {
    decisions.push({ pool, route, provider, day, allowance: limit, rule: "grow", why: `one step at ${provider}` });
  };
  const allow = (given: Given) => {
    const { provider, limit, used, day = today, route = "warming", pool = "news" } = given;
    decide(given);
    readings.push({ key: { pool, route, provider, day }, allowance: { limit, used, epoch: 1 } });
  };
  const count = (key: Partial<OutcomeReading["key"]>, counts: Partial<OutcomeCounts>) => {
    const whole = {
      pool: "news",
      stream: "news",
      arm: "none",
      route: "warming",
      provider: "gmail",
      day: today,
      ...key,
    } as const;
    outcomes.push({ key: whole, counts: { ...noOutcomes, ...counts } });
  };
  return { ports, decide, allow, count, held, walls, evidence, asked, brakes, setAside };
}

/** The pool `news`, a stream on it, and `alerts` without a pool. */
export const settings: StatusSettings = {
  pools: new Map([["news", aPool()]]),
  streams: new Map([
    ["news", aStream()],
    ["alerts", aStream({ name: "alerts", pool: undefined })],
  ]),
};
