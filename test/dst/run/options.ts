import { parseArgs } from "node:util";

/** What the command was asked for. */
export interface Options {
  readonly seeds: number;
  /** The first seed. */
  readonly from: number;
  /** One JSON object on standard output, and nothing else. */
  readonly json: boolean;
  readonly mode: "seeds" | "mutants" | "exhaustive" | "peer" | "history";
  /** Mutants, or messages of a batch, that alone are wanted; all when empty. */
  readonly only: readonly string[];
}

export const usage = `npm run -s dst -- [--seeds N] [--from S] [--json]    play N histories from seed S on (default 1000 from 1)
npm run -s dst -- --mutants [--seeds N] [--only NAME]   plant every known bug; each is caught within N seeds (10000)
npm run -s dst -- --exhaustive [--only 1]               kill at every call, and at every pair of calls (--only: batches of so many)
npm run -s dst -- --peer [--seeds N] [--from S]         the same histories for a textbook dispatcher as well
npm run -s dst -- --seed S --history                    print one history, line by line`;

/** @throws TypeError with a sentence for whoever typed the command */
export function readOptions(typed: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...typed],
    options: {
      seeds: { type: "string" },
      from: { type: "string", default: "1" },
      seed: { type: "string" },
      json: { type: "boolean", default: false },
      history: { type: "boolean", default: false },
      mutants: { type: "boolean", default: false },
      exhaustive: { type: "boolean", default: false },
      peer: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
    },
  });
  const mode = modeOf(values);
  const seeds = values.seeds ?? (values.seed === undefined ? (mode === "mutants" ? "10000" : "1000") : "1");
  return {
    seeds: whole("--seeds", seeds, 1),
    from: whole("--from", values.seed ?? values.from, 0),
    json: values.json,
    mode,
    only: values.only,
  };
}

function modeOf(values: Readonly<Record<"history" | "mutants" | "exhaustive" | "peer", boolean>>): Options["mode"] {
  const asked = (["history", "mutants", "exhaustive", "peer"] as const).filter((mode) => values[mode]);
  if (asked.length > 1) throw new TypeError(`one of ${asked.map((mode) => `--${mode}`).join(" and ")} at a time`);
  return asked[0] ?? "seeds";
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value < 2 ** 31) return value;
  throw new TypeError(`${name}: "${text}" is not a whole number from ${least}`);
}
