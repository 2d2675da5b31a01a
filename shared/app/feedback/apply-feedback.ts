import type { SesEvent } from "../../contracts/ses-event.ts";
import { errorName } from "../../domain/errors.ts";
import type { SignSlot } from "../../domain/feedback/sign.ts";
import type { DedicatedRouteKind } from "../../domain/routing/route.ts";
import type { DeadAddresses } from "../../ports/dead-addresses.ts";
import type { OutcomeStore, SignsKey } from "../../ports/outcome-store.ts";
import type { AnswersOf, KnownAnswers } from "../brakes/known-answers.ts";
import { inParallel } from "../in-parallel.ts";
import { applyBrakes, type BrakePorts, type BrakeSettings, type RefusedAt } from "./apply-brakes.ts";
import { Attempts } from "./attempts.ts";
import { type FoldedDay, foldSigns } from "./fold-signs.ts";
import { keepProofs, type ProofPorts } from "./keep-proofs.ts";
import { type EventSign, readSigns } from "./read-signs.ts";
import type { ReadingSettings } from "./sent-mail.ts";
import { settleUnsent, type UnsentPorts } from "./settle-unsent.ts";
import { tellSigns } from "./tell-signs.ts";

export interface FeedbackPorts extends ProofPorts, Omit<BrakePorts, "latestAnswers">, UnsentPorts {
  readonly outcomes: OutcomeStore;
  readonly knownAnswers: KnownAnswers;
  readonly deadAddresses: DeadAddresses;
}

export interface FeedbackSettings extends ReadingSettings, BrakeSettings {
  /** Streams that refuse mail to dead addresses; theirs alone are kept. */
  readonly refusingDead: ReadonlySet<string>;
}

const concurrency = 10;

/**
 * Keeps proof of sending and what a batch of SES events says: one write for each (pool, send day); then puts
 * on the brakes it asks for. Safe to repeat, in whole or in part, in any order.
 * @param events - by record id
 * @returns ids of the records that could not be worked and must come again
 */
export async function applyFeedback(
  ports: FeedbackPorts,
  settings: FeedbackSettings,
  events: ReadonlyMap<string, SesEvent>,
): Promise<ReadonlySet<string>> {
  const attempts = new Attempts(ports.log);
  await keepProofs(ports, attempts, events);
  const signs = new Map<string, readonly EventSign[]>();
  for (const [record, event] of events) {
    const read = readSigns(settings, event);
    if (read !== undefined) signs.set(record, read);
  }
  const folded = foldSigns(signs);
  await inParallel(folded, concurrency, ({ key, slots, records }) => {
    const providers = new Set(slots.map(({ provider }) => provider));
    const of = { pool: key.pool, provider: [...providers].join(" ") };
    return attempts.make(records, of, () => keepSigns(ports, key, slots));
  });
  const brakePorts = { ...ports, latestAnswers: answersOfBatch(ports) };
  await inParallel(refusedIn(signs), concurrency, ({ records, ...refused }) => {
    const of = { pool: refused.pool, provider: refused.provider };
    return attempts.make(records, of, () => applyBrakes(brakePorts, settings, refused));
  });
  await settleUnsent(ports, settings, attempts, events);
  const dead = [...signs.values()].flat().filter((sign) => sign.dead && settings.refusingDead.has(sign.stream));
  await keepDead(ports, dead);
  await tellBatch(ports, { events, signs, folded });
  return attempts.failed;
}

async function keepSigns(
  { outcomes, knownAnswers, clock }: FeedbackPorts,
  key: SignsKey,
  slots: readonly SignSlot[],
): Promise<void> {
  await outcomes.keep(key, slots, clock.nowMs());
  knownAnswers.note(key, slots);
}

/** Read once for all providers of a pool, and only after everything of the batch was kept. */
function answersOfBatch({ knownAnswers, clock }: FeedbackPorts): (pool: string) => Promise<AnswersOf> {
  const asked = new Map<string, Promise<AnswersOf>>();
  return (pool) => {
    const answers = asked.get(pool) ?? knownAnswers.latest(pool, clock.nowMs());
    asked.set(pool, answers);
    return answers;
  };
}

/** Best effort: SES's own suppression list has them too. */
async function keepDead({ deadAddresses, clock, log }: FeedbackPorts, dead: readonly EventSign[]): Promise<void> {
  if (dead.length === 0) return;
  try {
    await deadAddresses.add([...new Set(dead.map(({ address }) => address))], clock.nowMs());
  } catch (error) {
    log.warn("DEAD_ADDRESSES_NOT_KEPT", { count: dead.length, error: errorName(error) });
  }
}

async function tellBatch(
  ports: FeedbackPorts,
  {
    events,
    signs,
    folded,
  }: {
    readonly events: ReadonlyMap<string, SesEvent>;
    readonly signs: ReadonlyMap<string, readonly EventSign[]>;
    readonly folded: readonly FoldedDay[];
  },
): Promise<void> {
  const ignored = events.size - signs.size;
  const refused = [...signs.values()].flat().filter(({ kind }) => refusals.has(kind)).length;
  if (ignored > 0) ports.log.info("EVENT_IGNORED", { count: ignored });
  ports.log.info("FEEDBACK_FOLDED", { events: events.size, writes: folded.length, refused });
  await tellSigns(ports, [...signs.values()].flat());
}

const refusals: ReadonlySet<string> = new Set(["throttled", "throttled-sure", "blocked", "blocked-sure"]);

/** Where dedicated IPs were refused in this batch, with the records that say so. */
function refusedIn(
  signs: ReadonlyMap<string, readonly EventSign[]>,
): readonly (RefusedAt & { readonly records: ReadonlySet<string> })[] {
  const found = new Map<
    string,
    { pool: string; provider: string; routes: Set<DedicatedRouteKind>; records: Set<string> }
  >();
  for (const [record, ofRecord] of signs) {
    for (const { pool, provider, route, kind } of ofRecord) {
      if (route === "shared" || !refusals.has(kind)) continue;
      const name = `${pool}/${provider}`;
      const at = found.get(name) ?? { pool, provider, routes: new Set(), records: new Set() };
      at.routes.add(route);
      at.records.add(record);
      found.set(name, at);
    }
  }
  return [...found.values()];
}
