import { rateAtLeast } from "../confidence.ts";
import type { Brake } from "./brake.ts";
import type { BrakeRule } from "./brake-rule.ts";
import type { Tally } from "./tally.ts";

const minuteMs = 60_000;

/** No brake lasts longer, ms. */
const longestMs = 24 * 60 * minuteMs;

/** From this repetition on a rule that would slow stops. */
const stopsFromLevel = 3;

/**
 * The brake that the signs of the last one or two days ask for at a moment: the rules are followed through the slots in order of
 * time. A function of signs and time alone, so that any order of events, repeated or late, leads to the same brake. Undefined
 * when none is in force. A brake that follows another within the signs given is a repetition. What is refused while a brake stops the mail is mail sent before: it starts nothing new.
 * @param ofRoute - in order of time, one for each slot
 */
export function judgeBrake(rules: readonly BrakeRule[], ofRoute: readonly Tally[], nowMs: number): Brake | undefined {
  const tallies = ofRoute.filter((tally) => tally.slotMs <= nowMs);
  let brake: Brake | undefined;
  for (const [index, tally] of tallies.entries()) brake = follow(rules, tallies.slice(0, index + 1), tally, brake);
  return brake !== undefined && brake.untilMs > nowMs ? brake : undefined;
}

/** One slot further: the brake before goes on, gives way to a harder one, or is over and another may follow. */
function follow(
  rules: readonly BrakeRule[],
  sofar: readonly Tally[],
  tally: Tally,
  before: Brake | undefined,
): Brake | undefined {
  const isOver = before === undefined || tally.slotMs >= before.untilMs;
  if (before?.step === "stop" && !isOver) return before;
  const countsFromMs = isOver ? (before?.untilMs ?? 0) : before.sinceMs;
  const window = sofar.filter(({ slotMs: startMs }) => startMs >= countsFromMs);
  const found = strongest(rules.flatMap((rule) => triggered(rule, window, tally.endMs) ?? []));
  if (found === undefined) return before;
  if (isOver) return started(found, tally, (before?.level ?? 0) + 1);
  return found.rule.step === "stop" ? started(found, tally, before.level) : before;
}

interface Found {
  readonly rule: BrakeRule;
  readonly why: string;
}

function triggered(rule: BrakeRule, window: readonly Tally[], endMs: number): Found | undefined {
  const counted = window.filter(({ slotMs: startMs }) => startMs >= endMs - rule.windowMinutes * minuteMs);
  const refused = counted.reduce((sum, tally) => sum + tally.refused[rule.on], 0);
  const answers = counted.reduce((sum, tally) => sum + tally.answers, 0);
  if (refused < rule.atLeast || rateAtLeast(refused, answers) < rule.rateAtLeast) return undefined;
  return { rule, why: `${refused} of ${answers} answers in ${rule.windowMinutes} minutes: ${rule.on}` };
}

/** A stop before a slow, then the longer one; the rules' order decides what is left. */
function strongest(found: readonly Found[]): Found | undefined {
  const weight = ({ rule }: Found): number => (rule.step === "stop" ? 1e6 : 0) + rule.minutes;
  return found.toSorted((one, other) => weight(other) - weight(one))[0];
}

function started({ rule, why }: Found, tally: Tally, level: number): Brake {
  const lastsMs = Math.min(longestMs, rule.minutes * minuteMs * 2 ** Math.min(10, level - 1));
  return {
    step: level >= stopsFromLevel ? "stop" : rule.step,
    rule: rule.id,
    level,
    trickles: !rule.on.startsWith("blocked"),
    sinceMs: tally.slotMs,
    untilMs: tally.endMs + lastsMs,
    why,
  };
}
