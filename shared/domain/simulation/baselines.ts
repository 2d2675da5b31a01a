import type { DayReport, PolicyMaker, PolicySetup } from "./policy.ts";

/** Recipients of the first day, as most published tables begin. */
const startOf = ({ share }: PolicySetup): number => 200 * share;

/** No cut goes below this many recipients a day: a trickle shows when the provider accepts again. */
const fewest = 20;

/** Where a baseline stands: today's allowance, days that it does not grow, and its ratio of growth. */
interface Level {
  a: number;
  hold: number;
  growth: number;
}

/** What a day says: mail was blocked, too much was deferred, or nothing speaks against growth. */
type Verdict = "nothing" | "blocked" | "deferred" | "clean";

/** @param tolerated - deferred part of what was offered that still counts as clean */
function verdictOf({ offered, deferred, blocked }: DayReport, tolerated: number): Verdict {
  if (offered === 0) return "nothing";
  if (blocked > 0) return "blocked";
  return deferred > tolerated * offered ? "deferred" : "clean";
}

/** After a clean day: one held day passes, or the allowance grows when it was used. */
function passOrGrow(level: Level, isUsed: boolean, grow: () => void): void {
  if (level.hold > 0) level.hold -= 1;
  else if (isUsed) grow();
}

function cut(level: Level, to: number, hold: number): void {
  level.a = Math.max(fewest, to);
  level.hold = hold;
}

/** Growth by a fixed ratio, cut by what is refused. */
export function aimd(growth: number): PolicyMaker {
  return (setup) => {
    const level: Level = { a: startOf(setup), hold: 0, growth };
    return { allowance: () => level.a, learn: (report) => learnAimd(level, report) };
  };
}

function learnAimd(level: Level, report: DayReport): void {
  const { offered, accepted } = report;
  const verdict = verdictOf(report, 0.05);
  if (verdict === "blocked") cut(level, 0.6 * (accepted || level.a / 2), 1);
  if (verdict === "deferred") cut(level, 0.85 * accepted, 1);
  if (verdict !== "clean") return;
  passOrGrow(level, offered >= 0.8 * level.a, () => {
    level.a *= level.growth;
  });
}

/** As `aimd`, judged by the allowance of the day that the report is about: growth waits for what is on its way. */
export function delayAware(growth: number): PolicyMaker {
  return (setup) => {
    const level: Level = { a: startOf(setup), hold: 0, growth };
    return { allowance: () => level.a, learn: (report) => learnDelayed(level, report, setup.delayDays) };
  };
}

function learnDelayed(level: Level, report: DayReport, delayDays: number): void {
  const { allowance, offered, accepted } = report;
  const { a, growth } = level;
  const verdict = verdictOf(report, 0.05);
  if (verdict === "blocked") cut(level, Math.min(a, 0.6 * (accepted || allowance / 2)), delayDays);
  if (verdict === "deferred") cut(level, Math.min(a, 0.9 * accepted), delayDays);
  if (verdict !== "clean") return;
  passOrGrow(level, offered >= 0.8 * allowance, () => {
    level.a = Math.min(Math.max(a, allowance * growth ** (1 + delayDays)), a * growth);
  });
}

/** Fast until the first refusal, then slower. */
export const twoPhase: PolicyMaker = (setup) => {
  const level: Level = { a: startOf(setup), hold: 0, growth: 1.9 };
  return { allowance: () => level.a, learn: (report) => learnTwoPhase(level, report) };
};

function learnTwoPhase(level: Level, report: DayReport): void {
  const { offered, accepted } = report;
  const verdict = verdictOf(report, 0.02);
  if (verdict === "blocked") {
    cut(level, 0.5 * (accepted || level.a), 1);
    level.growth = 1.15;
  }
  if (verdict === "deferred") {
    level.growth = Math.max(1.12, 1 + (level.growth - 1) / 2);
    cut(level, 0.95 * accepted, level.hold);
  }
  if (verdict !== "clean") return;
  passOrGrow(level, offered >= 0.8 * level.a, () => {
    level.a *= level.growth;
    if (level.growth < 1.5) level.growth = Math.min(1.5, 1.02 * level.growth);
  });
}
