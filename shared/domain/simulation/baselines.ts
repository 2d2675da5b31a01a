import type { DayReport, Policy, PolicyMaker, PolicySetup } from "./policy.ts";

/** SES's 45-day curve, SendGrid's and SparkPost's published tables; recipients per day, all providers. */
const sendgridPerHour = [
  20, 28, 39, 55, 77, 108, 151, 211, 295, 413, 579, 810, 1_000, 1_587, 2_222, 3_111, 4_356, 6_098, 8_583, 11_953,
  16_734, 23_427, 32_798, 45_917, 64_284, 89_998, 125_997,
];
const sparkpostStages = [200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 40_000, 100_000, 250_000, 500_000];

/** Recipients of a day (from 1) by a fixed table. */
type Table = (setup: PolicySetup, day: number) => number;

const entry = (table: readonly number[], day: number): number => table[Math.min(day, table.length) - 1] ?? 0;
const ses45: Table = ({ fullPerDay, share }, day) =>
  fullPerDay * share * (200 / 50_000) ** (1 - Math.min(day, 45) / 45);

export const tables = {
  "ses-45": ses45,
  "ses-45-lifted": (setup, day) => (day >= 45 ? Number.POSITIVE_INFINITY : ses45(setup, day)),
  sendgrid: ({ share }, day) => 24 * entry(sendgridPerHour, day) * share,
  sparkpost: ({ share }, day) => entry(sparkpostStages, day) * share,
  doubling: ({ share }, day) => 200 * share * 2 ** (day - 1),
} as const satisfies Record<string, Table>;

/** A table by the calendar, whatever happens. */
export function plain(table: Table): PolicyMaker {
  return (setup) => ({ allowance: (day) => table(setup, day), learn: () => {} });
}

/** A table with an operator: after a day with blocked mail it goes back two days, and two days get half of that entry. */
export function withPause(table: Table): PolicyMaker {
  return (setup) => {
    let at = 0;
    let held = 0;
    return {
      allowance() {
        if (held > 0) {
          held -= 1;
          return table(setup, at) / 2;
        }
        at += 1;
        return table(setup, at);
      },
      learn({ blocked }) {
        if (blocked === 0) return;
        at = Math.max(1, at - 2);
        held = 2;
      },
    };
  };
}

const startOf = ({ share }: PolicySetup): number => 200 * share;
const fewest = 20;

/** Growth by a fixed ratio, cut by what is refused (additive increase's multiplicative kin). */
export function aimd(growth: number): PolicyMaker {
  return (setup) => {
    let a = startOf(setup);
    let hold = 0;
    return {
      allowance: () => a,
      learn({ offered, accepted, deferred, blocked }) {
        if (offered === 0) return;
        if (blocked > 0) {
          a = Math.max(fewest, 0.6 * (accepted || a / 2));
          hold = 1;
        } else if (deferred > 0.05 * offered) {
          a = Math.max(fewest, 0.85 * accepted);
          hold = 1;
        } else if (hold > 0) hold -= 1;
        else if (offered >= 0.8 * a) a *= growth;
      },
    };
  };
}

/** As `aimd`, judged by the allowance of the day that the report is about: growth waits for what is on its way. */
export function delayAware(growth: number): PolicyMaker {
  return (setup) => {
    const k = setup.delayDays;
    let a = startOf(setup);
    let hold = 0;
    return {
      allowance: () => a,
      learn({ allowance, offered, accepted, deferred, blocked }) {
        if (offered === 0) return;
        if (blocked > 0) {
          a = Math.max(fewest, Math.min(a, 0.6 * (accepted || allowance / 2)));
          hold = k;
        } else if (deferred > 0.05 * offered) {
          a = Math.max(fewest, Math.min(a, 0.9 * accepted));
          hold = k;
        } else if (hold > 0) hold -= 1;
        else if (offered >= 0.8 * allowance) a = Math.min(Math.max(a, allowance * growth ** (1 + k)), a * growth);
      },
    };
  };
}

/** Fast until the first refusal, then slower. */
export const twoPhase: PolicyMaker = (setup) => {
  let a = startOf(setup);
  let growth = 1.9;
  let hold = 0;
  const cut = ({ accepted, deferred, blocked, offered }: DayReport): boolean => {
    if (blocked > 0) {
      a = Math.max(fewest, 0.5 * (accepted || a));
      growth = 1.15;
      hold = 1;
      return true;
    }
    if (deferred <= 0.02 * offered) return false;
    growth = Math.max(1.12, 1 + (growth - 1) / 2);
    a = Math.max(fewest, 0.95 * accepted);
    return true;
  };
  return {
    allowance: () => a,
    learn(report) {
      if (report.offered === 0 || cut(report)) return;
      if (hold > 0) hold -= 1;
      else if (report.offered >= 0.8 * a) {
        a *= growth;
        if (growth < 1.5) growth = Math.min(1.5, 1.02 * growth);
      }
    },
  } satisfies Policy;
};
