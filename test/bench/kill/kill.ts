import { type Benchmark, check, type Findings } from "../benchmark.ts";
import { forget, runUnderFire } from "./under-fire.ts";
import { verdictOf } from "./verdict.ts";

/** Streams of kill.config.ts whose unknown mail a person decides about. */
const neverTwice = new Set(["vouchers"]);

export const benchmark: Benchmark = {
  what: "the local system while its function processes are killed (SIGKILL) every few seconds; size is in seconds",
  size: 120,
  bars: [
    { figure: "lost", atMost: 0 },
    { figure: "unexplained", atMost: 0 },
    { figure: "overAllowance", atMost: 0 },
    { figure: "onQueues", atMost: 0 },
  ],
  run,
};

async function run(seconds: number): Promise<Findings> {
  const fire = await runUnderFire(seconds);
  const { evidence, kills, interrupted } = fire;
  const { lost, duplicates, unexplained, unknownsAccepted, resentAccepted } = verdictOf(evidence, neverTwice);
  const { overAllowance, onQueues } = evidence;
  check(kills >= seconds / 5, `only ${kills} kills in ${seconds} s`);
  check(interrupted > 0 && evidence.unknown.size + evidence.droppedAsSent > 0, "no kill hit a worker in mid-batch");
  check(evidence.byWarmingIps > 0, "no mail asked for an allowance");
  const broken = [
    ...lost.map((id) => `${id}: lost`),
    ...unexplained,
    ...(overAllowance > 0 ? [`${overAllowance} recipients above an allowance`] : []),
    ...(onQueues > 0 ? [`${onQueues} messages never left their queues`] : []),
  ];
  if (broken.length === 0) forget(fire);
  return {
    ours: {
      seconds,
      kills,
      interruptedBatches: interrupted,
      enqueued: evidence.enqueued.size,
      accepted: evidence.accepted.length,
      lost: lost.length,
      duplicates,
      unknowns: evidence.unknown.size,
      unknownsAccepted,
      resent: evidence.resent.size,
      resentAccepted,
      droppedAsSent: evidence.droppedAsSent,
      unexplained: unexplained.length,
      byWarmingIps: evidence.byWarmingIps,
      overAllowance,
      quarantined: evidence.quarantined.size,
      deadLetters: evidence.deadLetters.size,
      held: evidence.held.size,
      onQueues,
    },
    peer: {},
    ratio: {},
    rounds: 1,
    broken: broken.length === 0 ? [] : [...broken, `what the run left is in ${fire.folder}`],
  };
}
