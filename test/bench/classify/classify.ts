import { classifyReply } from "../../../shared/domain/feedback/reply/classify-reply.ts";
import { type Benchmark, check, type Findings } from "../benchmark.ts";
import { round, spread } from "../statistics.ts";
import { type ClassifiedReply, replyOf } from "./replies.ts";

const rounds = 9;

/** Rounds that are thrown away, so that the rules are compiled. */
const warmUpRounds = 2;

const ownIps = ["203.0.113.9", "203.0.113.10"];

export const benchmark: Benchmark = {
  what: "replies of receivers classified a second on one core",
  size: 50_000,
  bars: [{ figure: "repliesPerSecond.median", atLeast: 20_000 }],
  run: measure,
};

async function measure(count: number): Promise<Findings> {
  const replies = Array.from({ length: count }, (_, n) => replyOf(n));
  const wrong = replies.filter(({ text, provider, label }) => {
    return label !== undefined && classifyReply({ text, provider, ownIps }).label !== label;
  });
  // Some wordings mean something else at one provider, or name an IP that is not ours.
  const rightFraction = round(1 - wrong.length / count);
  check(rightFraction > 0.9, `only ${rightFraction} were read as they were meant, e.g. not "${wrong[0]?.text}"`);
  const paces = Array.from({ length: warmUpRounds + rounds }, () => pace(replies)).slice(warmUpRounds);
  return {
    ours: { repliesPerSecond: spread(paces), rightFraction },
    peer: { repliesPerSecond: "n/a" },
    ratio: {},
    rounds,
  };
}

function pace(replies: readonly ClassifiedReply[]): number {
  const before = process.cpuUsage();
  for (const { text, provider } of replies) classifyReply({ text, provider, ownIps });
  const { user, system } = process.cpuUsage(before);
  return Math.round(replies.length / ((user + system) / 1e6));
}
