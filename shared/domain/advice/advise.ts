import { keptWarm, mostIps, type ProviderWarmth, type WarmFloors } from "./kept-warm.ts";
import type { MailHistory } from "./mail-history.ts";
import { type Regularity, regularity } from "./regularity.ts";

export interface AdviceSetup {
  /** IPs that the sender thinks of. */
  readonly ips: number;
  /** Receivers let in by a list of IPs. */
  readonly allowListed: boolean;
  readonly floors: WarmFloors;
}

/** How one rule comes out: for dedicated IPs, not clearly, against them. */
export type Finding = "for" | "unclear" | "against";

/** One thing that the SES guide says about who should have dedicated IPs, and what it says of this sender. */
export interface RuleFinding {
  readonly rule: string;
  readonly finding: Finding;
  /** With the sender's own figures. */
  readonly why: string;
  /** The guide's own words. */
  readonly guide: string;
}

export interface Advice {
  readonly verdict: "yes" | "not yet" | "no";
  readonly rules: readonly RuleFinding[];
  readonly regularity: Regularity;
  readonly warmth: readonly ProviderWarmth[];
  /** IPs that this mail keeps warm day by day. */
  readonly ipsKeptWarm: number;
}

/** Whether dedicated IPs fit a sender, by the guide's rules and the sender's own mail. Pure. */
export function advise(history: MailHistory, setup: AdviceSetup): Advice {
  const regular = regularity(history);
  const warmth = keptWarm(history, setup.floors);
  const ipsKeptWarm = mostIps(warmth, "ipsByDay");
  const rules = [
    ...(setup.allowListed ? [allowListed] : []),
    historyRule(regular),
    trackedRule(warmth, setup.floors),
    steadyRule(warmth, setup.floors),
    everyDayRule(regular),
    evenWeeksRule(regular),
    peakRule(regular),
    ipsRule(ipsKeptWarm, setup.ips),
  ];
  return { verdict: verdictOf(rules, setup.allowListed), rules, regularity: regular, warmth, ipsKeptWarm };
}

/** What a list of IPs needs is an IP, not a reputation: then volume decides nothing. */
function verdictOf(rules: readonly RuleFinding[], isAllowListed: boolean): Advice["verdict"] {
  if (isAllowListed) return "yes";
  if (rules.some(({ finding }) => finding === "against")) return "no";
  return rules.some(({ finding }) => finding === "unclear") ? "not yet" : "yes";
}

const allowListed: RuleFinding = {
  rule: "allow-listed",
  finding: "for",
  why: "your receivers list IPs: give this mail a stream with sharedAllowed: false, so that it leaves from yours only",
  guide:
    "a small, well-defined group of recipients whose mail servers accept or reject email using a list of specific IP addresses",
};

const fewestDays = 30;

function historyRule({ days }: Regularity): RuleFinding {
  return {
    rule: "history",
    finding: days >= fewestDays ? "for" : "unclear",
    why: days >= fewestDays ? `${days} days to look at` : `${days} days to look at: a month is needed`,
    guide: "large volumes of email on a regular and predictable basis",
  };
}

function trackedRule(warmth: readonly ProviderWarmth[], { perMonth }: WarmFloors): RuleFinding {
  const reached = warmth.filter(({ bestOfMonth }) => bestOfMonth >= perMonth);
  const best = warmth.map(({ provider, bestOfMonth }) => `${provider} ${bestOfMonth}`).join(", ");
  return {
    rule: "volume that is tracked",
    finding: reached.length > 0 ? "for" : "against",
    why: `best day of the weakest month, by provider: ${best}; several hundred (${perMonth}) are asked for`,
    guide: "you should send several hundred emails within a 24-hour period at least once per month",
  };
}

function steadyRule(warmth: readonly ProviderWarmth[], { perDay }: WarmFloors): RuleFinding {
  const usual = warmth.map(({ provider, usualDay }) => `${provider} ${usualDay}`).join(", ");
  return {
    rule: "volume that keeps warm",
    finding: mostIps(warmth, "ipsByDay") > 0 ? "for" : "unclear",
    why: `a usual day, by provider: ${usual}; about ${perDay} per IP are asked for`,
    guide: "around 1,000 emails every day to each email provider that you want to maintain a positive reputation with",
  };
}

/** Five days of seven. After a week without mail a level cools in the shipped plans; after two it is a quarter. */
const mostDays = 0.7;
const shortGapDays = 3;
const longGapDays = 14;

function everyDayRule({ daysWithMail, largestGapDays }: Regularity): RuleFinding {
  const isSteady = daysWithMail >= mostDays && largestGapDays <= shortGapDays;
  return {
    rule: "mail on most days",
    finding: largestGapDays >= longGapDays ? "against" : isSteady ? "for" : "unclear",
    why: `${Math.round(100 * daysWithMail)} % of the days had mail; at most ${largestGapDays} in a row had none`,
    guide: "you must then maintain a consistent sending pattern",
  };
}

/** No day goes above twice the highest of the last week in the shipped plans. */
const evenWeek = 2;
const unevenWeek = 4;

function evenWeeksRule({ highestWeek }: Regularity): RuleFinding {
  const guide = "if your sending patterns are highly irregular, you will experience deliverability issues";
  if (highestWeek === undefined)
    return { rule: "even weeks", finding: "unclear", why: "there is no whole week to look at", guide };
  const is = Number.isFinite(highestWeek)
    ? `is ${highestWeek.toFixed(1)} times the usual one`
    : "stands among empty ones";
  const isUneven = highestWeek > unevenWeek ? "against" : "unclear";
  return {
    rule: "even weeks",
    finding: highestWeek <= evenWeek ? "for" : isUneven,
    why: `the strongest week ${is}`,
    guide,
  };
}

const highPeak = 3;

function peakRule({ weeklyPeak }: Regularity): RuleFinding {
  return {
    rule: "no weekly burst",
    finding: weeklyPeak <= highPeak ? "for" : "unclear",
    why: `the strongest day of the week has ${weeklyPeak.toFixed(1)} times the average day`,
    guide: "a large, sudden increase in the number of emails being sent from an IP address",
  };
}

function ipsRule(keptWarm: number, asked: number): RuleFinding {
  const enough = keptWarm === 0 ? "none" : `${keptWarm}`;
  return {
    rule: "number of IPs",
    finding: asked <= keptWarm ? "for" : "unclear",
    why: `you think of ${asked}; this mail keeps ${enough} warm`,
    guide: "You should perform this task on each dedicated IP address that you use with Amazon SES",
  };
}
