import { publishedTables } from "../warm-up/published-tables.ts";
import type { PolicyMaker, PolicySetup } from "./policy.ts";

/** SendGrid's hourly limits and SparkPost's stages, past SES's ceiling; recipients of all providers. */
const sendgridPerHour = [
  20, 28, 39, 55, 77, 108, 151, 211, 295, 413, 579, 810, 1_000, 1_587, 2_222, 3_111, 4_356, 6_098, 8_583, 11_953,
  16_734, 23_427, 32_798, 45_917, 64_284, 89_998, 125_997,
];
const sparkpostStages = [200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 40_000, 100_000, 250_000, 500_000];

/** Recipients of a day (from 1) by a fixed table. */
type Table = (setup: PolicySetup, day: number) => number;

const entry = (table: readonly number[], day: number): number => table[Math.min(day, table.length) - 1] ?? 0;

/** Up to full volume by day 45; between, a geometric curve from 200 is assumed. */
const ses45: Table = ({ fullPerDay, share }, day) =>
  fullPerDay * share * (200 / 50_000) ** (1 - Math.min(day, 45) / 45);

const published = (name: string): Table => {
  const { perDay = [] } = publishedTables[name] ?? {};
  return ({ share }, day) => entry(perDay, day) * share;
};

/** Tables by the calendar, by name. */
export const tables: Readonly<Record<string, Table>> = {
  "ses-45": ses45,
  "ses-45-lifted": (setup, day) => (day >= 45 ? Number.POSITIVE_INFINITY : ses45(setup, day)),
  sendgrid: ({ share }, day) => 24 * entry(sendgridPerHour, day) * share,
  sparkpost: ({ share }, day) => entry(sparkpostStages, day) * share,
  "braze-conservative": published("braze-conservative"),
  "braze-moderate": published("braze-moderate"),
  "braze-aggressive": published("braze-aggressive"),
  doubling: ({ share }, day) => 200 * share * 2 ** (day - 1),
};

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
