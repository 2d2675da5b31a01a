import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { readCountedMail } from "../shared/app/forecast/read-counted-mail.ts";
import { type LeftOut, readMailHistory } from "../shared/app/forecast/read-history.ts";
import { type MailHistory, mailHistory } from "../shared/domain/advice/mail-history.ts";
import { providerDirectory } from "../shared/domain/routing/mailbox-provider.ts";
import type { WarmUpPlan } from "../shared/domain/warm-up/plan.ts";
import { deploymentOption, type NamedDeployment } from "./deployment.ts";
import { openDeployment } from "./open-deployment.ts";
import { knownPool } from "./pool-choice.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** Where a sender's own mail is read from. */
export const historyOptions = {
  ...deploymentOption,
  history: { type: "string" },
  pool: { type: "string" },
} as const;

interface Given extends NamedDeployment {
  readonly history?: string | undefined;
  readonly pool?: string | undefined;
}

export interface OwnMail {
  readonly mail: MailHistory;
  /** Plans of the deployment's own, where the mail is its. */
  readonly plans: Readonly<Record<string, WarmUpPlan>>;
  /** Lines of the file that were left out. */
  readonly leftOut: readonly LeftOut[];
}

/** Older mail says little about the mail to come. */
const mostDays = 90;
const shownLines = 10;

/** The mail of `--history`, or what a deployment counted for a pool. What was left out is told on the error stream. */
export async function ownMail(given: Given, terminal: Terminal): Promise<OwnMail> {
  if (given.history === undefined) return countedMail(given, terminal);
  if (given.pool !== undefined) throw new UsageError("--history is about no pool: leave --pool out.");
  return mailOfFile(resolve(terminal.folder, given.history), terminal);
}

function mailOfFile(path: string, terminal: Terminal): OwnMail {
  const read = readMailHistory(textOf(path), providerDirectory());
  if ("unusable" in read) throw new UsageError(`${path} is no mail history: ${read.unusable}.`);
  const { rows, leftOut, unknownProviders } = read;
  for (const { line, why } of leftOut.slice(0, shownLines)) terminal.err(`${path} line ${line} is left out: ${why}`);
  if (leftOut.length > shownLines) terminal.err(`${path}: ${leftOut.length - shownLines} more lines are left out`);
  if (unknownProviders.length > 0) {
    terminal.err(
      `${path}: not in the directory, counted as other: ${unknownProviders.slice(0, shownLines).join(", ")}`,
    );
  }
  const mail = mailHistory(rows, mostDays);
  if (mail === undefined)
    throw new UsageError(`${path} has no line that tells of mail: expected date, provider, count.`);
  return { mail, plans: {}, leftOut };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${String(error)}`, { cause: error });
  }
}

async function countedMail(given: Given, terminal: Terminal): Promise<OwnMail> {
  const { settings, ports, configuration } = openDeployment(given, terminal);
  const name = poolOf(given.pool, settings.pools);
  const mail = mailHistory(await readCountedMail(ports.progress, name), mostDays);
  if (mail === undefined) {
    throw new UsageError(
      `Pool ${name} has no closed day with mail yet: give your own history with --history FILE.csv.`,
    );
  }
  return { mail, plans: configuration.plans, leftOut: [] };
}

/** The one pool there is, or the one that is named. */
function poolOf(named: string | undefined, pools: ReadonlyMap<string, unknown>): string {
  if (named !== undefined) return knownPool(named, pools);
  const [only, ...more] = pools.keys();
  if (only !== undefined && more.length === 0) return only;
  throw new UsageError(`Whose mail? Name a pool with --pool (${[...pools.keys()].join(", ")}), or --history FILE.csv.`);
}
