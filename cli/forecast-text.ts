import type { Spread } from "../shared/app/forecast/by-day.ts";
import type { Forecast } from "../shared/app/forecast/forecast.ts";
import { alignedTable } from "./table.ts";

/** What every forecast says before its figures. */
export function caveat({ model, seeds }: Pick<Forecast, "model" | "seeds">): string {
  return `In our model of mailbox providers (${model}, ${seeds} runs). No provider has published its rules: yours will differ.`;
}

/** The forecast for a person. */
export function forecastText(found: Forecast): string[] {
  const { plan, ips, start, days, replayed } = found;
  const week = replayed.days < 28 ? ` Only ${replayed.days} days: 30 to 90 tell more.` : "";
  return [
    caveat(found),
    `Your mail of ${replayed.from} to ${replayed.to}, repeated by the day of the week for ${days} days from ${start}.${week}`,
    `Plan ${plan}, ${counted(ips)}. Recipients a day.`,
    "",
    ...providerTable(found),
    "carried: the third day in a row on which 95 % of the mail left by warming IPs; in one run of ten, half, nine of ten",
    "",
    ...weekTable(found),
    "elsewhere: by other IPs (overflow), or held, as the stream says; refused: deferred or blocked, SES tries again",
    "",
    ...summaryLines(found),
  ];
}

export const counted = (ips: number): string => (ips === 1 ? "1 IP" : `${ips} IPs`);
const whole = (value: number): string => Math.round(value).toLocaleString("en-US");
const percent = (fraction: number): string => `${Math.round(100 * fraction)} %`;

function providerTable({ providers }: Forecast): string[] {
  const columns = [
    "provider",
    "mail a day",
    "carried, p10",
    "median",
    "p90",
    "never",
    "by warming IPs",
    "refused days",
  ];
  return alignedTable(
    columns.map((heading, index) => ({ heading, figures: index === 1 || index > 4 })),
    providers.map(({ provider, mailPerDay, carriedOn, never, warmingShare, daysWithRefusals }) => [
      provider,
      whole(mailPerDay),
      ...[carriedOn.p10, carriedOn.median, carriedOn.p90].map((date) => date ?? "later"),
      percent(never),
      percent(warmingShare),
      daysWithRefusals.toFixed(1),
    ]),
  );
}

/** Every seventh day is enough for a table; the picture and --json have all. */
function weekTable({ byDay }: Forecast): string[] {
  const weekly = byDay.filter((_day, index) => index % 7 === 0 || index === byDay.length - 1);
  return alignedTable(
    ["day", "mail", "warming", "elsewhere", "refused", "elsewhere, of all"].map((heading, index) => ({
      heading,
      figures: index > 0,
    })),
    weekly.map(({ day, mail, warming, elsewhere, refused, elsewhereShare }) => [
      day,
      ...[mail, warming, elsewhere, refused].map(whole),
      percents(elsewhereShare),
    ]),
  );
}

function percents({ p10, median, p90 }: Spread): string {
  return `${Math.round(100 * p10)} - ${Math.round(100 * median)} - ${percent(p90)}`;
}

/** What it comes to, in sentences. */
export function summaryLines({ totals, days, daysWithRefusals, keptWarm, cost, ips }: Forecast): string[] {
  const { ipsByDay, ipsByMonth, floors } = keptWarm;
  const { p10, median, p90 } = daysWithRefusals;
  const usd = (amount: number): string => `$${amount.toFixed(2)}`;
  return [
    `In ${days} days ${whole(totals.warming)} of ${whole(totals.mail)} recipients by warming IPs, ${whole(totals.elsewhere)} elsewhere, ${whole(totals.refused)} refused at first.`,
    `Days at risk (somebody refuses): ${median} of ${days} (${p10} to ${p90}).`,
    `This mail keeps ${counted(ipsByDay)} warm (about ${whole(floors.perDay)} a day at one provider and IP); ${ipsByMonth} would be tracked at all (${floors.perMonth} on the best day of each month).`,
    `Cost: ${usd(cost.perMonth)} a month for ${counted(ips)}, ${usd(cost.perMonthKeptWarm)} for as many as are kept warm.`,
  ];
}
