import { rmSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { LocalSystem } from "../../../infra/local/local-system.ts";
import { drain } from "../../../infra/local/run/run-days.ts";
import { nameOf, type Template } from "../../../infra/local/template/template.ts";
import { startAtMidnight } from "../../e2e/run-locally.ts";
import { type Evidence, heldIds, readEvidence } from "./evidence.ts";
import { Killer } from "./killer.ts";
import { SteadyMail } from "./steady-mail.ts";

export interface UnderFire {
  readonly evidence: Evidence;
  readonly kills: number;
  /** Batches of the dispatcher that a kill ended. */
  readonly interrupted: number;
  /** Forgets the run; otherwise logs, queues and tables can be looked at. */
  readonly folder: string;
}

/** Virtual time passes so many times as fast as real time: mail comes back, and is sent again, while kills go on. */
const speed = 10;
const tickMs = 100;

/** About what SES takes for an answer; it accepts first. Without it no worker would ever die in between. */
const sesAnswerMs = 100;

const minuteMs = 60_000;
/** Longest virtual time until all mail has ended, minutes. */
const longestDrainMinutes = 600;

/** Seed of mail and kills: what is drawn is the same every time, what it hits is the machine's matter. */
const seed = 9;

/** Runs the whole local system while its dispatcher and its feedback function are killed every few seconds. */
export async function runUnderFire(seconds: number): Promise<UnderFire> {
  const { system, folder } = await startAtMidnight({
    configurationFile: "test/bench/kill/kill.config.ts",
    change: withoutProofOfShared,
  });
  try {
    system.mail.faults.slowAnswerMs = sesAnswerMs;
    const mail = new SteadyMail(system.clients.queues, system.queueUrl("SendPathSendQueue"), seed);
    const killer = new Killer(system.function("Dispatcher"), system.function("FeedbackPathFunction"), seed);
    const endMs = performance.now() + seconds * 1000;
    await Promise.all([mail.run(endMs), killer.run(endMs), timePasses(system, endMs)]);
    await untilAllHasEnded(system);
    const evidence = await readEvidence(system, folder, mail.enqueued);
    return { evidence, kills: killer.kills, interrupted: killer.interrupted, folder };
  } finally {
    await system.close();
  }
}

/** Removes what a run has left on disk. */
export function forget({ folder }: UnderFire): void {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Somebody deleted the shared route's event destination: nothing ever proves what SES took there, so that resends of
 * mail that SES had taken happen at all. On the other routes proof arrives and prevents them.
 */
function withoutProofOfShared(template: Template): void {
  delete template.Resources[nameOf(template, "AWS::SES::ConfigurationSetEventDestination", "sharedproof")];
}

/** @param endMs - by the clock of `performance` */
async function timePasses(system: LocalSystem, endMs: number): Promise<void> {
  while (performance.now() < endMs) {
    system.clock.advanceTo(system.clock.nowMs() + tickMs * (speed - 1));
    await system.runDue();
    await pause(tickMs);
  }
}

/** In small steps: a longer one would make proof and the end of its wait due in the same moment. */
async function untilAllHasEnded(system: LocalSystem): Promise<void> {
  const endMs = system.clock.nowMs() + longestDrainMinutes * minuteMs;
  do {
    await drain(system, minuteMs);
    await system.jumpTo(system.clock.nowMs() + minuteMs);
  } while ((await heldIds(system)).size > 0 && system.clock.nowMs() < endMs);
}
