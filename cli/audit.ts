import { parseArgs } from "node:util";
import { readAudit } from "../shared/app/status/read-audit.ts";
import { sharedRouteName } from "../shared/domain/routing/route.ts";
import type { AuditEntry } from "../shared/ports/audit.ts";
import { deploymentOption } from "./deployment.ts";
import { exitCode } from "./exit-code.ts";
import { openDeployment } from "./open-deployment.ts";
import { shownPools } from "./pool-choice.ts";
import { alignedTable } from "./table.ts";
import { UsageError } from "./usage-error.ts";
import { checkDeployment, type Verb } from "./verb.ts";

const options = {
  ...deploymentOption,
  pool: { type: "string" },
  by: { type: "string" },
  limit: { type: "string", default: "20" },
  json: { type: "boolean", default: false },
} as const;

const mostEntries = 1_000;

/** Prints who did what to a warm-up and why, newest first. */
export const audit: Verb = {
  summary: "what was done to warm-ups, by whom and why, newest first",
  options: "[--pool POOL] [--by WHO] [--limit N] [--json] [--deployment FILE | --data-dir DIR]",
  afterFailure: checkDeployment,
  async run(args, terminal) {
    const { values } = parseArgs({ args: [...args], options });
    const limit = limitOf(values.limit);
    const { settings, ports } = openDeployment(values, terminal);
    const shown = shownPools(values.pool, settings.pools);
    // What concerns streams without a pool is kept under the shared route.
    const pools = values.pool === undefined ? [...shown, sharedRouteName] : shown;
    const entries = (await readAudit(ports.audit, pools, limit, values.by)).map(withTime);
    if (values.json) terminal.out(JSON.stringify({ entries }));
    else for (const line of auditText(entries)) terminal.out(line);
    return exitCode.done;
  },
};

function limitOf(given: string): number {
  const limit = Number(given);
  if (Number.isInteger(limit) && limit >= 1 && limit <= mostEntries) return limit;
  throw new UsageError(`--limit ${given}: expected a whole number from 1 to ${mostEntries}.`);
}

type TimedEntry = AuditEntry & { readonly at: string };

function withTime(entry: AuditEntry): TimedEntry {
  return { at: new Date(entry.atMs).toISOString(), ...entry };
}

function auditText(entries: readonly TimedEntry[]): string[] {
  if (entries.length === 0) return ["Nothing is on record yet."];
  return alignedTable(
    ["when (UTC)", "pool", "by", "action", "provider", "what"].map((heading) => ({ heading })),
    entries.map(({ at, pool, by, action, provider = "", says }) => [
      at.replace("T", " ").slice(0, 19),
      pool,
      by,
      action,
      provider,
      says,
    ]),
  );
}
