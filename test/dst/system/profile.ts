import type { EventFaults } from "../aws/ses-events.ts";
import type { SesTrouble } from "../aws/ses-service.ts";
import type { Fate, FaultRates, Hazard } from "../engine/faults.ts";
import type { Random } from "../engine/random.ts";
import { configurationSets } from "./configuration.ts";

/** A time in which SES refuses, from and until in ms after the start. */
export interface TroubleTime {
  readonly trouble: SesTrouble;
  /** Undefined for the whole account. */
  readonly configurationSet: string | undefined;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** A time in which a service answers nobody, from and until in ms after the start. */
export interface Outage {
  readonly service: string;
  /** Calls are carried out, and only their replies are lost. */
  readonly isDeaf: boolean;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The weather of one seed. */
export interface Profile {
  readonly kind: "calm" | "fair" | "rough" | "stormy";
  readonly rates: FaultRates;
  readonly events: EventFaults;
  /** Largest difference of an instance's clock from the true time, ms. */
  readonly skewMs: number;
  /** What the clocks of some instances are wrong beside that, ms; 0 for none. */
  readonly wrongMs: number;
  readonly troubles: readonly TroubleTime[];
  readonly outages: readonly Outage[];
  /** Writes of one allowance item within a second, or nothing for no limit. */
  readonly hotWrites: number | undefined;
  /** Most items of a page, or nothing for no limit. */
  readonly pageSize: number | undefined;
  /** How old the answer of an eventually consistent read may be, ms. */
  readonly replicaLagMs: number;
  /** How long after its time an expired item goes, ms. */
  readonly expiryLagMs: number;
  /** Receives before dead letters, where it is not as the stack has it. */
  readonly maxReceives: number | undefined;
  /** Times at which the ramp raises or lowers limits or puts on brakes. */
  readonly rampChanges: number;
  /** How long faults last, ms. */
  readonly stormMs: number;
  /** Batches are always as large as they can be, and environments used again as long as they live. */
  readonly isDull: boolean;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const fates: readonly Fate[] = [
  "request-lost",
  "reply-lost",
  "late",
  "throttled",
  "failed-before",
  "failed-after",
  "killed-before",
  "killed-after",
  "frozen-before",
  "frozen-after",
];
const hazards: readonly Hazard[] = ["delivered-twice", "delete-lost", "dead-on-success"];
const troubles: readonly SesTrouble[] = ["rate", "quota", "paused", "set-paused", "suspended", "set-missing", "denied"];

/** Just beyond what is tolerated, and far: nothing of what such a clock dates is to be found on record. */
const wrongTimes = [6 * minuteMs, -6 * minuteMs, 24 * hourMs, -24 * hourMs, 40 * 24 * hourMs] as const;

/** Most that one fault may have: the mildest and the worst of each kind of weather, per attempt. */
const strength = { calm: [0, 0], fair: [0.002, 0.006], rough: [0.007, 0.022], stormy: [0.015, 0.05] } as const;

/** No faults but those that somebody plans. */
export function calmProfile(stormMs: number): Profile {
  return {
    kind: "fair",
    rates: { fates: {}, hazards: {} },
    events: { missing: 0, twice: 0, late: 0, lateMs: 0, told: 0 },
    skewMs: 0,
    wrongMs: 0,
    troubles: [],
    outages: [],
    hotWrites: undefined,
    pageSize: undefined,
    maxReceives: undefined,
    replicaLagMs: 0,
    expiryLagMs: 0,
    rampChanges: 0,
    stormMs,
    isDull: true,
  };
}

/** Draws the weather: some seeds calm, most with a few kinds of faults, some stormy with many. */
export function profileOf(random: Random): Profile {
  const kind = random.pick(["calm", "fair", "fair", "rough", "rough", "rough", "stormy", "stormy"] as const);
  const [mildest, worst] = strength[kind];
  const isCalm = kind === "calm";
  const some = (share: number): boolean => !isCalm && random.chance(share);
  const rate = (): number => (some(0.5) ? random.between(mildest, worst) : 0);
  const stormMs = random.pick([3 * minuteMs, 12 * minuteMs, 25 * minuteMs, 70 * minuteMs]);
  return {
    kind,
    rates: {
      fates: Object.fromEntries(fates.map((fate) => [fate, rate()])),
      hazards: Object.fromEntries(hazards.map((hazard) => [hazard, 3 * rate()])),
    },
    events: {
      missing: some(0.4) ? random.between(0.01, 0.5) : 0,
      twice: some(0.4) ? random.between(0.01, 0.3) : 0,
      late: some(0.3) ? random.between(0.01, 0.3) : 0,
      lateMs: random.pick([2 * minuteMs, 20 * minuteMs, 2 * hourMs]),
      told: random.chance(0.3) ? random.between(0.1, 0.8) : 0,
    },
    skewMs: some(0.5) ? 5_000 : 0,
    troubles: some(0.4) ? troublesOf(random, stormMs) : [],
    outages: some(0.25) ? outagesOf(random, stormMs) : [],
    hotWrites: some(0.15) ? 1 + random.whole(4) : undefined,
    pageSize: some(0.2) ? 1 + random.whole(4) : undefined,
    maxReceives: some(0.1) ? 1 + random.whole(3) : undefined,
    replicaLagMs: some(0.3) ? random.pick([50, 300, 1_000]) : 0,
    expiryLagMs: random.pick([0, hourMs, 48 * hourMs]),
    rampChanges: random.chance(0.5) ? 1 + random.whole(4) : 0,
    stormMs,
    isDull: false,
    wrongMs: wrongMsOf(random, some(0.15)),
  };
}

function wrongMsOf(random: Random, isWrong: boolean): number {
  return isWrong ? random.pick(wrongTimes) : 0;
}

function outagesOf(random: Random, stormMs: number): Outage[] {
  return Array.from({ length: 1 + random.whole(3) }, () => {
    const fromMs = random.pick([0, 0, minuteMs, stormMs / 2]) + random.between(0, minuteMs / 10);
    const service = random.pick(["dynamodb", "dynamodb", "sqs", "sqs", "ses"]);
    const longMs = service === "ses" ? 30 * minuteMs : 3 * minuteMs;
    const lastsMs = random.pick([500, 5_000, 30_000, longMs]) * random.between(0.5, 1.5);
    return { service, isDeaf: random.chance(0.4), fromMs, untilMs: fromMs + lastsMs };
  });
}

function troublesOf(random: Random, stormMs: number): TroubleTime[] {
  return Array.from({ length: 1 + random.whole(2) }, () => {
    const trouble = random.pick(troubles);
    const isOfSet =
      trouble === "set-paused" || trouble === "set-missing" || (trouble === "denied" && random.chance(0.5));
    const fromMs = random.chance(0.6) ? random.between(0, 3_000) : random.between(0, stormMs);
    const lastsMs = random.pick([200, 5_000, 2 * minuteMs, 20 * minuteMs]);
    return {
      trouble,
      configurationSet: isOfSet ? random.pick([...configurationSets]) : undefined,
      fromMs,
      untilMs: Math.min(stormMs, fromMs + random.between(0.5, 1.5) * lastsMs),
    };
  });
}
