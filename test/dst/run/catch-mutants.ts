import { availableParallelism } from "node:os";
import type { Mutant } from "../mutants/mutant.ts";
import { Thread } from "./pool.ts";

export interface Caught {
  readonly mutant: Mutant;
  /** Seeds played up to the first violation; undefined when there was none. */
  readonly seeds: number | undefined;
  /** The first violation. */
  readonly what: string | undefined;
}

/** Seeds of one request: a mutant that is caught late is asked for many times. */
const chunk = 250;

/**
 * Plants each bug in a thread of its own and plays seeds until it is caught.
 * @throws when a seed that catches a bug fails without it as well: then nothing was caught
 */
export async function catchMutants(
  mutants: readonly Mutant[],
  { from, seeds }: { readonly from: number; readonly seeds: number },
  progress: (caught: Caught) => void,
): Promise<readonly Caught[]> {
  const all: Caught[] = [];
  const left = mutants.values();
  const worker = async (): Promise<void> => {
    for (const mutant of left) {
      const caught = await catchOne(mutant, from, seeds);
      all.push(caught);
      progress(caught);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), mutants.length) }, worker));
  await playWithout(all, from);
  return all;
}

/** Plays the seeds that caught something once more, without any bug. */
async function playWithout(all: readonly Caught[], from: number): Promise<void> {
  const thread = new Thread({ system: "product" });
  try {
    for (const number of new Set(all.flatMap(({ seeds }) => seeds ?? []))) {
      const seed = from + number - 1;
      const { violations } = await thread.ask({ kind: "seeds", from: seed, count: 1, untilViolation: false });
      const [first] = violations;
      if (first !== undefined) throw new Error(`seed ${seed} fails without a planted bug: ${first.what}`);
    }
  } finally {
    await thread.end();
  }
}

async function catchOne(mutant: Mutant, from: number, seeds: number): Promise<Caught> {
  const thread = new Thread({ system: "product", mutant: mutant.name });
  try {
    for (let played = 0; played < seeds; played += chunk) {
      const count = Math.min(chunk, seeds - played);
      const totals = await thread.ask({ kind: "seeds", from: from + played, count, untilViolation: true });
      const [first] = totals.violations;
      if (first !== undefined) return { mutant, seeds: first.seed - from + 1, what: first.what };
    }
    return { mutant, seeds: undefined, what: undefined };
  } finally {
    await thread.end();
  }
}
