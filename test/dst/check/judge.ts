import { eventsArrive } from "../aws/ses-events.ts";
import type { World } from "../system/world.ts";
import { duplicatesOf, needlessUnknowns, tooManyResends } from "./duplicates.ts";
import { endsOf } from "./ends.ts";

export interface Violation {
  readonly seed: number;
  readonly what: string;
}

/** What one seed came to. */
export interface Verdict {
  readonly steps: number;
  readonly faults: number;
  readonly lost: number;
  readonly overAllowance: number;
  readonly crossPool: number;
  readonly duplicates: number;
  readonly unexplainedDuplicates: number;
  readonly unknowns: number;
  /** The two above where SES's Send events all come, and in time: what a deployment sees on most days. */
  readonly duplicatesWhileHeard: number;
  readonly unknownsWhileHeard: number;
  readonly leaked: number;
  readonly limits: number;
  readonly undrained: number;
  readonly violations: readonly Violation[];
}

/** Judges what happened, in the manner of Jepsen's checkers for a queue and a counter. */
export function judge(world: World, seed: number): Verdict {
  const { evidence, steps, faults } = world;
  const trails = [...evidence.trails.values()];
  const ends = endsOf(world, trails);
  const duplicates = trails.flatMap((trail) => duplicatesOf(evidence, trail));
  const unexplained = duplicates.flatMap(({ fault }) => fault ?? []);
  const { leaked, limits } = evidence.allowances;
  const isHeard = eventsArrive(world.profile.events);
  const undrained = [...evidence.undrained].map((what) => `${what}: not drained`);
  const resends = [...needlessUnknowns(evidence), ...trails.flatMap((trail) => tooManyResends(evidence, trail))];
  const whats = [...evidence.faults, ...ends.lost, ...ends.wrong, ...unexplained, ...undrained, ...resends];
  return {
    steps,
    faults: faults.count,
    lost: ends.lost.length,
    overAllowance: evidence.allowances.overAllowance,
    crossPool: evidence.crossPool,
    duplicates: duplicates.length,
    unexplainedDuplicates: unexplained.length,
    unknowns: evidence.unknowns.size,
    duplicatesWhileHeard: isHeard ? duplicates.length : 0,
    unknownsWhileHeard: isHeard ? evidence.unknowns.size : 0,
    leaked,
    limits,
    undrained: evidence.undrained.size,
    violations: whats.map((what) => ({ seed, what })),
  };
}
