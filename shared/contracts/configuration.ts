import * as z from "zod";
import { brakeRules } from "../domain/brakes/brake-rule.ts";
import { planDefaults, planPresets } from "../domain/warm-up/plan-presets.ts";
import { crossCheck } from "./configuration-rules.ts";
import { identity, name } from "./configuration-text.ts";
import { PoolRule } from "./pool-rule.ts";

const perDay = z
  .int("expected a whole number of recipients per UTC day")
  .min(1, "expected at least 1 recipient per day");
const growth = z
  .number("expected a ratio such as 1.3")
  .min(1, "expected a growth of at least 1 (1.3 is 30 % more each day)")
  .max(2, "expected a growth of at most 2: mailbox providers read a doubling as a sudden jump");

const days = (what: string) => z.int().min(1, `expected at least 1 day ${what}`).max(365, "expected at most 365 days");

const ProviderPlan = z.strictObject({
  startPerIp: perDay,
  growthPerDay: growth,
  targetPerIp: perDay,
  minDays: days("before a warm-up may end"),
  maxDays: days("before an operator is told"),
  share: z.number().gt(0).max(1, "expected a fraction of at most 1"),
});

const CoolingStep = z.strictObject({
  afterDays: days("without mail"),
  keep: z.number().min(0).max(1, "expected a fraction of at most 1"),
});

const fraction = z.number().min(0).max(1, "expected a fraction of at most 1");
const ratio = z.number().min(1, "expected a ratio of at least 1").max(2, "expected a ratio of at most 2");

const AdaptiveSettings = z
  .strictObject({
    growthBeforeRefusal: ratio,
    fullUse: z.number().gt(0).max(2, "expected at most 2"),
    margin: fraction,
    marginPerDay: fraction,
    assumedGrowth: fraction,
    optimism: z.number().min(0).max(2, "expected at most 2"),
    learning: fraction,
    slowestGrowth: fraction,
    fastestGrowth: z.number().min(0).max(2, "expected at most 2 (200 % a day)"),
    firstRefusalKeeps: fraction,
    refusalKeeps: z.number().min(0).max(2, "expected at most 2"),
    leastLeft: fraction,
    overdueAfter: z.number().min(0).max(60, "expected at most 60 days"),
    overdueGain: z.number().min(0).max(2, "expected at most 2"),
    blockKeeps: fraction,
    probe: fraction,
    refusedFrom: fraction,
    usualSpread: z.number().min(0).max(5, "expected at most 5"),
    stopsFrom: fraction,
  })
  .partial();

/** A plan of the user's own. Volumes are recipients per IP, mailbox provider and UTC day; growth is a ratio per day. */
const Plan = z.strictObject({
  startPerIp: perDay,
  growthPerDay: growth,
  targetPerIp: perDay.default(planDefaults.targetPerIp),
  minDays: ProviderPlan.shape.minDays.default(planDefaults.minDays),
  maxDays: ProviderPlan.shape.maxDays.default(planDefaults.maxDays),
  share: ProviderPlan.shape.share.default(planDefaults.share),
  providers: z.record(name("mailbox provider"), ProviderPlan.partial()).default({}),
  /** By what the provider accepts and refuses; `growthPerDay` then counts for nothing. */
  adaptive: z.boolean().default(planDefaults.adaptive),
  /** Constants of the adaptive ramp that differ; what each means stands in shared/domain/warm-up/adaptive.ts. */
  adaptiveSettings: AdaptiveSettings.optional(),
  /** Through the day, or the whole allowance at midnight. */
  pace: z.enum(["paced", "open"], 'expected "paced" or "open"').default(planDefaults.pace),
  /** Recipients per IP on each day with use, all providers together, instead of the growth ratio. */
  table: z.array(perDay).min(1).optional(),
  /** 1 Monday to 7 Sunday. */
  sendingDays: z
    .array(z.int().min(1).max(7, "expected 1 (Monday) to 7 (Sunday)"))
    .min(1, "expected at least one day of the week")
    .default([...planDefaults.sendingDays]),
  governorGrowth: z
    .number()
    .gt(1, "expected a multiple above 1")
    .max(5, "expected at most 5 times the highest of the last days")
    .default(planDefaults.governorGrowth),
  governorDays: z.int().min(1).max(30, "expected at most 30 days").default(planDefaults.governorDays),
  floorPerIp: z.int().min(0).default(planDefaults.floorPerIp),
  cooling: z.array(CoolingStep).default(planDefaults.cooling.map((step) => ({ ...step }))),
});

const Pool = z.strictObject({
  /** The dedicated IPs leased for this pool. They may be leased later: an empty pool sends by its other routes. */
  ips: z.array(z.ipv4("expected an IPv4 address as SES lists it, such as 192.0.2.10")).default([]),
  /** A preset (adaptive, cautious, balanced, brisk), a plan named under `plans`, or a plan written out. */
  plan: z.union([z.string(), Plan], "expected the name of a plan or a plan written out").default("adaptive"),
  overflowTo: name("pool name").optional(),
});

const Stream = z.strictObject({
  pool: name("pool name").optional(),
  /** In order: the first rule that holds for a message gives it its pool, else `pool` does. */
  poolRules: z.array(PoolRule).default([]),
  sharedAllowed: z.boolean().default(true),
  whenFull: z.enum(["overflow", "hold"], 'expected "overflow" or "hold"').default("overflow"),
  longestHoldMinutes: z.int().min(1).max(10_080, "expected at most 7 days (10080 minutes)").default(720),
  onUnknown: z.enum(["resend", "quarantine"], 'expected "resend" or "quarantine"').default("resend"),
  /** At least long enough for SES's own event to be read, which is the proof waited for. */
  unknownWaitMinutes: z
    .int()
    .min(5, "expected at least 5 minutes: proof needs them")
    .max(1_440, "expected at most a day (1440 minutes)")
    .default(15),
  /** Messages whose recipients are all known to be dead are refused without a call to SES: they go to quarantine. */
  refuseDead: z.boolean().default(false),
  /** Fraction of messages in the random samples that compare warming IPs with others; half of it keeps off them. */
  referenceShare: z
    .number()
    .min(0, "expected a fraction from 0")
    .max(0.5, "expected at most 0.5: half of it keeps off warming IPs")
    .default(0.1),
  /** Identities this stream may send from; all of the deployment's when left out. */
  identities: z.array(z.string()).min(1).optional(),
});

const BrakeRule = z.strictObject({
  id: name("brake rule"),
  on: z.enum(
    ["throttled", "throttled-sure", "blocked", "blocked-sure", "refused"],
    'expected "throttled", "throttled-sure", "blocked", "blocked-sure" or "refused"',
  ),
  providers: z.array(name("mailbox provider")).min(1).optional(),
  windowMinutes: z.int().min(10, "expected at least 10 minutes").max(1_440, "expected at most a day (1440 minutes)"),
  atLeast: z.int().min(1, "expected at least 1 refusal"),
  rateAtLeast: z.number().min(0).max(1, "expected a fraction of at most 1"),
  step: z.enum(["slow", "stop"], 'expected "slow" or "stop"'),
  minutes: z.int().min(10, "expected at least 10 minutes").max(1_440, "expected at most a day (1440 minutes)"),
  source: z.string().default("of this deployment"),
});

/** What an operator writes: pools, streams and plans of one deployment. Unknown keys are errors. */
export const Configuration = z
  .strictObject({
    /** Name of the stack and prefix of what has no fixed name. */
    name: name("deployment name").default("ses-warmup"),
    /** Verified SES identities the deployment sends from. */
    identities: z.array(identity).min(1, "expected at least one verified identity"),
    pools: z.record(name("pool name"), Pool).default({}),
    streams: z.record(name("stream name"), Stream),
    plans: z.record(name("plan name"), Plan).default({}),
    /** Rules by which refusals slow a pool down or stop it at a provider; the shipped ones when left out. */
    brakes: z
      .array(BrakeRule)
      .default(() => brakeRules.map((rule) => ({ ...rule, providers: rule.providers?.slice() }))),
    /** How long what was set aside (quarantine, dead letters) is kept with its body, days. */
    keepSetAsideDays: z
      .int()
      .min(14, "expected at least 14 days, as long as the queues kept it")
      .max(3_650, "expected at most 3650 days")
      .default(90),
    /** Recipient domains that belong to a mailbox provider, beside the shipped directory. They win over it. */
    mailboxProviders: z.record(name("mailbox provider"), z.array(z.string().toLowerCase()).min(1)).default({}),
  })
  .superRefine((configuration, context) => {
    for (const { path, input, message } of crossCheck(configuration, Object.keys(planPresets))) {
      context.addIssue({ code: "custom", path: [...path], input, message });
    }
  });

/** As an operator writes it in `warm-up.config.ts`: everything with a default may be left out. */
export type ConfigurationInput = z.input<typeof Configuration>;
/** As it stands after validation, defaults filled in. Parsing it again gives the same. */
export type Configuration = z.output<typeof Configuration>;
