import {
  type Bar,
  type Benchmark,
  type Figures,
  type Findings,
  figureAt,
  isReached,
  type machine,
} from "./benchmark.ts";

type Result = Findings & { readonly name: string; readonly machine: ReturnType<typeof machine> };

/** A result for a person: every figure of both sides, then the bars. */
export function resultTable({ what, bars }: Benchmark, result: Result): string {
  const { node, cpus, model } = result.machine;
  const ours = flat(result.ours);
  const peer = flat(result.peer);
  const ratio = flat(result.ratio);
  const names = [...new Set([...ours.keys(), ...peer.keys(), ...ratio.keys()])];
  const rows = names.map((name) => [name, ours.get(name) ?? "", peer.get(name) ?? "", ratio.get(name) ?? ""]);
  return [
    `${result.name}: ${what}`,
    "",
    ...aligned([["", "ours", "peer", "ratio"], ...rows]),
    "",
    ...bars.map((bar) => barLine(bar, result)),
    `rounds: ${result.rounds}; Node ${node}, ${cpus} cores, ${model}`,
  ].join("\n");
}

function barLine(bar: Bar, result: Result): string {
  const value = figureAt(result, bar.figure);
  const wanted = bar.atMost === undefined ? `at least ${bar.atLeast}` : `at most ${bar.atMost}`;
  return `bar ${bar.figure}: ${wanted}, is ${value} ${isReached(bar, value) ? "(reached)" : "(MISSED)"}`;
}

/** Nested figures under names with dots. */
function flat(figures: Figures, before = ""): Map<string, string> {
  return new Map(
    Object.entries(figures).flatMap(([name, value]): [string, string][] =>
      typeof value === "object" ? [...flat(value, `${before}${name}.`)] : [[`${before}${name}`, String(value)]],
    ),
  );
}

/** The first column to the left, numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}
