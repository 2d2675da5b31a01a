import { availableParallelism, cpus } from "node:os";

/** Named figures; a nested name stands for a variant. Units are in the names. */
export interface Figures {
  readonly [name: string]: number | string | boolean | Figures;
}

export interface Findings {
  readonly ours: Figures;
  /** The same work done the usual way. */
  readonly peer: Figures;
  readonly ratio: Figures;
  /** How often each side was measured. */
  readonly rounds: number;
  /** Promises that did not hold: they are told beside the figures, and the command fails. */
  readonly broken?: readonly string[];
}

/** What a figure has to reach. */
export interface Bar {
  /** Path into `ours`, with dots; behind `ratio:` into `ratio`. */
  readonly figure: string;
  readonly atMost?: number;
  readonly atLeast?: number;
}

export interface Benchmark {
  /** One sentence for a person. */
  readonly what: string;
  readonly bars: readonly Bar[];
  /** Messages, events, replies or processes; bars are about this many. */
  readonly size: number;
  /** @throws when a checker finds that the work was not done right: such a result does not count */
  run(size: number): Promise<Findings>;
}

/** The machine a result comes from. */
export function machine(): { readonly node: string; readonly cpus: number; readonly model: string } {
  return { node: process.versions.node, cpus: availableParallelism(), model: cpus()[0]?.model ?? "unknown" };
}

/** The figure a path names. */
export function figureAt({ ours, ratio }: Findings, path: string): number {
  const [side, names] = path.startsWith("ratio:") ? [ratio, path.slice("ratio:".length)] : [ours, path];
  const found = names.split(".").reduce<unknown>((at, name) => (Object(at) as Figures)[name], side);
  if (typeof found !== "number") throw new Error(`no figure is called ${path}`);
  return found;
}

export function isReached({ atMost = Number.POSITIVE_INFINITY, atLeast = 0 }: Bar, value: number): boolean {
  return value <= atMost && value >= atLeast;
}

/** @throws what a checker found */
export function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`the result does not count: ${what}`);
}
