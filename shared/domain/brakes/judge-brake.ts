import { rateAtLeast } from "../confidence.ts";
import { parseSign, type Sign, type SignKind, type SignSlot, slotMs } from "../feedback/sign.ts";
import type { DedicatedRouteKind } from "../routing/route.ts";
import type { Brake } from "./brake.ts";
import type { BrakeRule, BrakeSign } from "./brake-rule.ts";

const minuteMs = 60_000;

/** No brake lasts longer, ms. */
const longestMs = 24 * 60 * minuteMs;

/** From this repetition on a rule that would slow stops. */
const stopsFromLevel = 3;

/** New refusals and all answers of ten minutes. */
interface Tally {
  readonly slotMs: number;
  readonly endMs: number;
  readonly refused: Readonly<Record<BrakeSign, number>>;
  readonly answers: number;
}

/**
 * The brake that the signs of the last one or two days ask for at a moment: the rules are followed through the slots in order of
 * time. A function of signs and time alone, so that any order of events, repeated or late, leads to the same brake. Undefined
 * when none is in force. A brake that follows another within the signs given is a repetition. What is refused while a brake stops the mail is mail sent before: it starts nothing new.
 */
export function judgeBrake(
  rules: readonly BrakeRule[],
  route: DedicatedRouteKind,
  slots: readonly SignSlot[],
  nowMs: number,
): Brake | undefined {
  const tallies = tallySlots(route, slots).filter((tally) => tally.slotMs <= nowMs);
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

const refusals = new Map<SignKind, readonly BrakeSign[]>([
  ["throttled", ["throttled", "refused"]],
  ["throttled-sure", ["throttled-sure", "throttled", "refused"]],
  ["blocked", ["blocked", "refused"]],
  ["blocked-sure", ["blocked-sure", "blocked", "refused"]],
]);

/** Kinds that are no answer of the provider about this mail. */
const noAnswer: ReadonlySet<SignKind> = new Set(["accepted", "complained", "unclassified"]);

/** Counts each mail in the first slot it was refused in, and in the first it was answered in. */
function tallySlots(route: DedicatedRouteKind, slots: readonly SignSlot[]): Tally[] {
  const seen = new Set<string>();
  const countNew = (what: string, mail: string): number => {
    const name = `${what} ${mail}`;
    if (seen.has(name)) return 0;
    seen.add(name);
    return 1;
  };
  return slots
    .toSorted((one, other) => one.slotMs - other.slotMs)
    .map((slot) => {
      const refused = { throttled: 0, "throttled-sure": 0, blocked: 0, "blocked-sure": 0, refused: 0 };
      let answers = 0;
      for (const { kind, mail } of answersIn(route, slot)) {
        answers += countNew("answer", mail);
        for (const on of refusals.get(kind) ?? []) refused[on] += countNew(on, mail);
      }
      return { slotMs: slot.slotMs, endMs: slot.slotMs + slotMs, refused, answers };
    });
}

function answersIn(route: DedicatedRouteKind, { byStream }: SignSlot): Sign[] {
  return [...byStream.values()].flatMap((texts) =>
    [...texts].flatMap((text) => {
      const sign = parseSign(text);
      return sign?.route === route && !noAnswer.has(sign.kind) ? [sign] : [];
    }),
  );
}
