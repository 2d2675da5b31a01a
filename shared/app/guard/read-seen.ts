import { hardBouncesIn, totalOutcomes } from "../../domain/feedback/outcome-counts.ts";
import { type ExpectedSet, expectedSets, sesPoolNamesOf } from "../../domain/guard/expected.ts";
import type { GuardSource } from "../../domain/guard/finding.ts";
import type { Seen, SeenDestination, SeenRates, SeenSesPool, SeenSet } from "../../domain/guard/seen.ts";
import { sharedRouteName } from "../../domain/routing/route.ts";
import { dayMs, utcDay } from "../../domain/utc-day.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DedicatedIps } from "../../ports/dedicated-ips.ts";
import type { MailSettings } from "../../ports/mail-settings.ts";
import type { OutcomeStore } from "../../ports/outcome-store.ts";

export interface SeenPorts {
  readonly clock: Clock;
  readonly settings: MailSettings;
  readonly ips: DedicatedIps;
  readonly outcomes: Pick<OutcomeStore, "read">;
}

/** What a check saw, and what it could not see. */
export interface Reading {
  readonly seen: Seen;
  /** Sources that were read without a failure. */
  readonly read: ReadonlySet<GuardSource>;
  /** What could not be read, with its error. */
  readonly failures: readonly ReadFailure[];
}

export interface ReadFailure {
  readonly source: GuardSource;
  readonly error: unknown;
}

/** UTC days over which bounces and complaints are counted, today included. */
const rateDays = 7;

/**
 * Reads what the guard compares. A read that fails leaves out its own part and nothing else.
 * @param pools - names of the deployment's pools
 * @param sources - what to look at
 */
export async function readSeen(
  ports: SeenPorts,
  pools: readonly string[],
  sources: ReadonlySet<GuardSource>,
): Promise<Reading> {
  const reads = new Reads(sources);
  const account = await reads.attempt("account", () => ports.settings.account());
  const rates = await reads.attempt("rates", () => readRates(ports, pools));
  const ips = await reads.attempt("ips", () => ports.ips.list());
  const routes: Routes = { sets: new Map(), destinations: new Map(), sesPools: new Map() };
  // One after the other: SES takes one control call a second.
  for (const expected of expectedSets(pools.map((name) => ({ name })))) {
    await readRoute(ports.settings, reads, expected, routes);
  }
  return { seen: { account, rates, ips, ...routes }, read: reads.whole(), failures: reads.failures };
}

/** Makes the reads that are asked for, and notes those that fail. */
class Reads {
  readonly failures: ReadFailure[] = [];
  readonly #sources: ReadonlySet<GuardSource>;

  constructor(sources: ReadonlySet<GuardSource>) {
    this.#sources = sources;
  }

  /** Undefined when it failed or was not asked for. */
  async attempt<Read>(source: GuardSource, read: () => Promise<Read>): Promise<Read | undefined> {
    if (!this.#sources.has(source)) return undefined;
    try {
      return await read();
    } catch (error) {
      this.failures.push({ source, error });
      return undefined;
    }
  }

  /** Sources without a failed read. */
  whole(): ReadonlySet<GuardSource> {
    const failed = new Set(this.failures.map(({ source }) => source));
    return new Set([...this.#sources].filter((source) => !failed.has(source)));
  }
}

interface Routes {
  readonly sets: Map<string, SeenSet>;
  readonly destinations: Map<string, readonly SeenDestination[]>;
  readonly sesPools: Map<string, SeenSesPool>;
}

/** A set, its event destinations, and the SES pools it should and does name. */
async function readRoute(
  settings: MailSettings,
  reads: Reads,
  expected: ExpectedSet,
  { sets, destinations, sesPools }: Routes,
): Promise<void> {
  const set = await reads.attempt("sets", () => settings.configurationSet(expected.set));
  if (set !== undefined) sets.set(expected.set, set);
  if (set?.exists !== false) {
    const published = await reads.attempt("destinations", () => settings.eventDestinations(expected.set));
    if (published !== undefined) destinations.set(expected.set, published);
  }
  for (const name of sesPoolNamesOf(expected, set)) {
    const sesPool = sesPools.get(name) ?? (await reads.attempt("ses-pools", () => settings.sesPool(name)));
    if (sesPool !== undefined) sesPools.set(name, sesPool);
  }
}

/** Sums over every pool, and over the mail of streams without one. */
async function readRates({ clock, outcomes }: SeenPorts, pools: readonly string[]): Promise<SeenRates> {
  const days = Array.from({ length: rateDays }, (_, ago) => utcDay(clock.nowMs() - ago * dayMs));
  const reads = [...pools, sharedRouteName].flatMap((pool) => days.map((day) => outcomes.read(pool, day)));
  const counts = totalOutcomes((await Promise.all(reads)).flat(), () => true);
  const { accepted, complained } = counts;
  return { days: rateDays, accepted, bounced: hardBouncesIn(counts), complained };
}
