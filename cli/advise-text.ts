import type { Advice, Finding } from "../shared/domain/advice/advise.ts";
import type { UtcDay } from "../shared/domain/utc-day.ts";
import { alignedTable } from "./table.ts";

/** What the advice is about. Recipients. */
export interface AdviceFacts {
  readonly from: UtcDay;
  readonly to: UtcDay;
  readonly days: number;
  readonly recipientsPerDay: number;
  /** 30 days. */
  readonly recipientsPerMonth: number;
  readonly ips: number;
  readonly allowListed: boolean;
  readonly costPerMonthUsd: number;
}

const says: Readonly<Record<Advice["verdict"], string>> = {
  yes: "Yes: dedicated IPs fit this mail.",
  "not yet":
    "Not yet: nothing speaks clearly against dedicated IPs, and not enough for them. Shared IPs suit it until then.",
  no: "No: SES's shared IPs suit this mail better.",
};

const marks: Readonly<Record<Finding, string>> = { for: "fits", unclear: "unclear", against: "does not fit" };

/** The advice for a person: the verdict, then each rule with its reason and the guide's words. */
export function adviceText(facts: AdviceFacts, { verdict, rules, warmth }: Advice): string[] {
  const { from, to, days, recipientsPerDay, recipientsPerMonth, ips, costPerMonthUsd } = facts;
  const count = (value: number): string => value.toLocaleString("en-US");
  return [
    says[verdict],
    "",
    `Your mail of ${from} to ${to} (${days} days): ${count(recipientsPerMonth)} recipients a month, ${count(recipientsPerDay)} a day.`,
    `${ips === 1 ? "1 IP costs" : `${ips} IPs cost`} $${costPerMonthUsd.toFixed(2)} a month. "Each dedicated IP address incurs a separate monthly charge."`,
    "",
    ...rules.flatMap(({ rule, finding, why, guide }) => [
      `${marks[finding]}: ${rule}`,
      `  ${why}`,
      `  SES: "${guide}"`,
    ]),
    "",
    ...alignedTable(
      ["provider", "usual day", "best day of a month", "IPs kept warm", "IPs tracked"].map((heading, index) => ({
        heading,
        figures: index > 0,
      })),
      warmth.map(({ provider, usualDay, bestOfMonth, ipsByDay, ipsByMonth }) => [
        provider,
        ...[usualDay, bestOfMonth, ipsByDay, ipsByMonth].map(count),
      ]),
    ),
  ];
}
