import { parseArgs } from "node:util";
import * as z from "zod";
import type { Configuration } from "../../../shared/contracts/configuration.ts";
import { LocalRunError } from "../local-run-error.ts";

const count = (name: string, most: number) =>
  z.coerce
    .number(`--${name}: expected a whole number`)
    .int(`--${name}: expected a whole number`)
    .min(1, `--${name}: expected at least 1`)
    .max(most, `--${name}: expected at most ${most}`);

const Options = z
  .object({
    /** Run this many virtual days of built-in traffic. */
    days: count("days", 400).optional(),
    "messages-per-day": count("messages-per-day", 1_000_000).default(2_000),
    /** Real seconds that a virtual day lasts. */
    "day-seconds": count("day-seconds", 86_400).optional(),
    /** Print a summary and end after the last day. */
    exit: z.boolean().default(false),
    json: z.boolean().default(false),
    /** No built-in traffic; time runs as fast as the machine's. */
    idle: z.boolean().default(false),
    port: z.coerce.number("--port: expected a port number").int().min(0).max(65_535).default(4747),
    /** Where everything is kept. */
    "data-dir": z.string().optional(),
    /** IPs that the account gets only on a later day of the run, as IP@DAY. */
    "lease-later": z
      .array(
        z
          .string()
          .regex(/^[\d.]+@[1-9]\d*$/, "--lease-later: expected IP@DAY with a day from 1, such as 192.0.2.21@20"),
      )
      .default([]),
    /** Forget what an earlier run kept. */
    fresh: z.boolean().default(false),
    configuration: z.string().default("infra/local/warm-up.config.ts"),
    help: z.boolean().default(false),
  })
  .refine(
    ({ exit, days }) => !exit || days !== undefined,
    "--exit: expected --days N with it, the number of days to run",
  )
  .refine(({ idle, days }) => !idle || days === undefined, "--idle runs no traffic: expected it without --days");

export type RunOptions = z.output<typeof Options>;

export const usage = `npm start -- [options]
  --days N              run N days of built-in traffic (default: until Ctrl-C)
  --messages-per-day M  built-in traffic, messages a day (default 2000)
  --day-seconds S       real seconds a virtual day lasts (default 120; with --exit as fast as it goes)
  --exit                end after the last day and print a summary
  --idle                no built-in traffic, real time: for mail of your own
  --json                machine-readable output on stdout
  --port P              console port (default 4747)
  --data-dir DIR        where queues, tables and mail are kept (default .local/live, with --days .local/run)
  --lease-later IP@DAY  the account gets this IP of the configuration only on that day (may be repeated)
  --fresh               forget what an earlier run kept
  --configuration FILE  another configuration (default infra/local/warm-up.config.ts)`;

/** Day of the run, from 1, on which each IP of `--lease-later` arrives. */
export function leasedLater({ "lease-later": written }: RunOptions): ReadonlyMap<string, number> {
  return new Map(
    written.map((each) => {
      const [ip = "", day] = each.split("@");
      return [ip, Number(day)];
    }),
  );
}

/** @throws LocalRunError when `--lease-later` names an IP that no pool lists */
export function checkLeasedLater(options: RunOptions, { pools }: Pick<Configuration, "pools">): void {
  const listed = new Set(Object.values(pools).flatMap(({ ips }) => ips));
  const unknown = [...leasedLater(options).keys()].filter((ip) => !listed.has(ip));
  if (unknown.length === 0) return;
  throw new LocalRunError(
    `--lease-later: no pool of ${options.configuration} lists ${unknown.join(", ")}: expected one of ${[...listed].join(", ")}`,
  );
}

/** @throws Error whose message says what was expected */
export function readOptions(args: readonly string[]): RunOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      days: { type: "string" },
      "messages-per-day": { type: "string" },
      "day-seconds": { type: "string" },
      exit: { type: "boolean" },
      json: { type: "boolean" },
      idle: { type: "boolean" },
      port: { type: "string" },
      "data-dir": { type: "string" },
      "lease-later": { type: "string", multiple: true },
      fresh: { type: "boolean" },
      configuration: { type: "string" },
      help: { type: "boolean" },
    },
  });
  const result = Options.safeParse(values);
  if (!result.success) throw new Error(result.error.issues.map(({ message }) => message).join("\n"));
  return result.data;
}
