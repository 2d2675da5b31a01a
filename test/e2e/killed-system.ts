import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { parseClaimTag } from "../../shared/domain/sending/claim.ts";
import { idOfMessageTag } from "../../shared/domain/sending/message-tag.ts";
import { type Accepted, claimName, readLog } from "../bench/kill/evidence.ts";
import { verdictOf } from "../bench/kill/verdict.ts";
import { Random } from "../dst/engine/random.ts";
import { StartCommand } from "./start-command.ts";

/** What came of a run that was killed again and again. */
export interface KilledRun {
  /** Kills while it started, and while mail went out. */
  readonly inStart: number;
  readonly atWork: number;
  /** The longest that a start took that was not killed, ms. */
  readonly longestStartMs: number;
  /** Mail by id that SES has; the summary that the run printed in the end. */
  readonly sent: number;
  readonly summary: {
    readonly accepted: number;
    readonly held: number;
    readonly unknown: number;
    readonly quarantined: number;
    readonly overAllowance: number;
  };
  /** Duplicates that no counted unknown explains, in words. */
  readonly unexplained: readonly string[];
}

const messages = 1_200;

/** Longest work between a start and a kill, ms; a day lasts longer than all of it. */
const longestWorkMs = 4_000;

/**
 * Runs a day of built-in traffic and kills it, with all its processes, at random moments: every second time in its start.
 * Each time it is started again with the same words; after the last kill it runs to its end.
 */
export async function runUnderKills(moments: number, seed: number): Promise<KilledRun> {
  const folder = mkdtempSync(join(tmpdir(), "ses-warmup-killed-"));
  const traffic = ["--days", "1", "--messages-per-day", String(messages)];
  const daySeconds = String((moments * longestWorkMs) / 1000);
  const start = () =>
    new StartCommand(...traffic, "--day-seconds", daySeconds, "--exit", "--json", "--data-dir", folder);
  const random = new Random(seed);
  const startsMs: number[] = [];
  let inStart = 0;
  for (let moment = 0; moment < moments; moment += 1) {
    const running = start();
    if (moment % 2 === 1) {
      await pause(random.next() * Math.max(...startsMs));
      inStart += running.saysReady ? 0 : 1;
    } else {
      startsMs.push(await running.ready());
      await pause(random.next() * longestWorkMs);
    }
    await running.kill("SIGKILL");
  }
  const last = start();
  startsMs.push(await last.ready());
  const { output } = await last.ended();
  const accepted = acceptedIn(folder);
  return {
    inStart,
    atWork: moments - inStart,
    longestStartMs: Math.max(...startsMs),
    sent: new Set(accepted.map(({ id }) => id)).size,
    summary: JSON.parse(output),
    unexplained: unexplainedIn(folder, accepted),
  };
}

/** All mail that the SES engine has accepted, from its file. */
function acceptedIn(folder: string): Accepted[] {
  const database = new DatabaseSync(join(folder, "ses.db"), { readOnly: true });
  const rows = database.prepare("SELECT warmup_id AS id, tags FROM messages ORDER BY n").all();
  database.close();
  return rows.map(({ id, tags }) => ({
    id: idOfMessageTag(String(id)),
    claim: claimName(parseClaimTag(JSON.parse(String(tags))["sw-id"] ?? "") ?? {}),
  }));
}

function unexplainedIn(folder: string, accepted: readonly Accepted[]): readonly string[] {
  const logs = join(folder, "logs");
  const dispatcher = readdirSync(logs).find((name) => name.includes("Dispatcher")) ?? "";
  const nothing = { quarantined: new Map<string, string>(), deadLetters: new Set<string>(), held: new Set<string>() };
  const enqueued = new Map(Array.from({ length: messages }, (_, n) => [`local-0-${n}`, "any"]));
  const counts = { onQueues: 0, byWarmingIps: 0, overAllowance: 0 };
  const evidence = { enqueued, accepted, ...nothing, ...counts, ...readLog(join(logs, dispatcher)) };
  return verdictOf(evidence, new Set()).unexplained;
}
