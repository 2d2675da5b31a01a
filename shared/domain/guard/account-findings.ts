import { rateAtLeast } from "../confidence.ts";
import { percent } from "../percent.ts";
import { everyPool, type Finding, repairable } from "./finding.ts";
import type { SeenAccount, SeenRates } from "./seen.ts";

/** SES's status of an account in good standing (SES v2 API, GetAccount). */
const healthy = "HEALTHY";

/** Growth stops above this share of the 24-hour quota: what SES refuses at the quota would be refused to every pool. */
const fullQuotaShare = 0.9;

/** SES reviews an account from these rates (SES developer guide, reputation metrics); certain, they stop growth. */
const reviewRates = { bounced: 0.05, complained: 0.001 };

/** Rates of fewer accepted recipients than this say nothing. */
const enoughAccepted = 1_000;

/** An operator is told at this share of a review rate. */
const warnShare = 0.5;

/** What is wrong with the account as a whole: it stops growth in every pool. */
export function accountFindings(account: SeenAccount): Finding[] {
  return [...autoWarmup(account), ...standing(account), ...quota(account)];
}

function autoWarmup({ autoWarmup: isOn }: SeenAccount): Finding[] {
  if (!isOn) return [];
  const sentence =
    "SES's automatic warm-up is on for the account, expected off: SES splits our mail a second time, by its calendar.";
  return [repairable("auto-warm-up-on", everyPool, sentence, [{ kind: "disable-auto-warm-up" }])];
}

function standing({ enforcement, sendingEnabled }: SeenAccount): Finding[] {
  const found: Finding[] = [];
  if (enforcement !== healthy) {
    found.push(
      unhealthy(
        `SES's enforcement status of the account is ${enforcement}, expected ${healthy}: answer the review's case.`,
        "aws sesv2 get-account --query Details.ReviewDetails",
      ),
    );
  }
  if (!sendingEnabled) {
    found.push(
      unhealthy(
        "Sending is disabled for the account, expected enabled.",
        "aws sesv2 put-account-sending-attributes --sending-enabled",
      ),
    );
  }
  return found;
}

function quota({ sentLast24Hours: sent, max24HourSend: most }: SeenAccount): Finding[] {
  if (most < 0 || sent <= fullQuotaShare * most) return [];
  return [
    unhealthy(
      `${sent} of the account's quota of ${most} recipients in 24 hours are used, expected at most ${percent(fullQuotaShare)}.`,
      // Code of SES's sending quota, recipients in 24 hours.
      `aws service-quotas request-service-quota-increase --service-code ses --quota-code L-804C8AE8 --desired-value ${2 * most}`,
    ),
  ];
}

function unhealthy(sentence: string, repair: string): Finding {
  return { code: "account-unhealthy", pool: everyPool, sentence, repair, severity: "hold", fixes: [] };
}

/** What our own counts say of the account, before SES itself reviews it. */
export function rateFindings(rates: SeenRates): Finding[] {
  if (rates.accepted < enoughAccepted) return [];
  return [...rateFinding("hard bounces", "bounced", rates), ...rateFinding("complaints", "complained", rates)];
}

function rateFinding(what: string, counted: keyof typeof reviewRates, rates: SeenRates): Finding[] {
  const limit = reviewRates[counted];
  const rate = rates[counted] / rates.accepted;
  if (rate < warnShare * limit) return [];
  const sentence =
    `${rates[counted]} ${what} among ${rates.accepted} recipients of the last ${rates.days} days are ${percent(rate)}: ` +
    `SES reviews an account at ${percent(limit)}.`;
  return [
    {
      code: "account-rates",
      pool: everyPool,
      sentence,
      repair: "ses-warmup status --json",
      // Two complaints of two thousand may be chance: growth stops when the rate is certain.
      severity: rateAtLeast(rates[counted], rates.accepted) >= limit ? "hold" : "warn",
      fixes: [],
    },
  ];
}
