import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { forecast as forecastMail } from "../shared/app/forecast/forecast.ts";
import { type ForecastPlan, forecastPlans } from "../shared/app/forecast/plans.ts";
import { dedicatedIpMonthlyUsd } from "../shared/app/status/keep-warm.ts";
import { severalHundred } from "../shared/domain/advice/kept-warm.ts";
import type { PriorName } from "../shared/domain/provider-model/prior.ts";
import { dayAfter, dayMs, dayNumber, type UtcDay, utcDay } from "../shared/domain/utc-day.ts";
import { exitCode } from "./exit-code.ts";
import { historyOptions, type OwnMail, ownMail } from "./forecast-history.ts";
import { forecastPage } from "./forecast-page.ts";
import { forecastPicture } from "./forecast-picture.ts";
import { forecastText } from "./forecast-text.ts";
import { isPrior } from "./simulate/load-model.ts";
import { anyNumber, wholeNumber } from "./simulate/number-option.ts";
import { UsageError } from "./usage-error.ts";
import { checkDeployment, type Verb } from "./verb.ts";

const options = {
  ...historyOptions,
  plan: { type: "string", default: "adaptive" },
  ips: { type: "string", default: "1" },
  start: { type: "string" },
  days: { type: "string", default: "90" },
  model: { type: "string", default: "mid" },
  seeds: { type: "string", default: "50" },
  floor: { type: "string", default: "1000" },
  "ip-price": { type: "string", default: String(dedicatedIpMonthlyUsd) },
  svg: { type: "string" },
  html: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

/** Replays a sender's own mail against a plan, in the models of mailbox providers. */
export const forecast: Verb = {
  summary: "how a warm-up of your own mail may go: dates by provider, mail on other IPs, IPs kept warm, cost",
  options:
    "[--history FILE.csv | --pool POOL [--deployment FILE | --data-dir DIR]] [--plan PLAN] [--ips N] [--start YYYY-MM-DD] [--days N] [--model easy|mid|strict] [--seeds N] [--floor N] [--ip-price USD] [--svg FILE] [--html FILE] [--json]",
  afterFailure: checkDeployment,
  async run(args, terminal) {
    const { values } = parseArgs({ args: [...args], options });
    const figures = figuresOf(values);
    const own = await ownMail(values, terminal);
    const plan = chosenPlan(values.plan, own);
    const start = values.start === undefined ? dayAfter(own.mail.last, 1) : startDay(values.start);
    const found = forecastMail(own.mail, { ...figures, plan, start });
    if (found === undefined) {
      const { first, last } = own.mail;
      throw new UsageError(`From ${first} to ${last} is no whole week: 30 to 90 days of mail tell something.`);
    }
    if (values.svg !== undefined) writeFileSync(resolve(terminal.folder, values.svg), forecastPicture(found));
    if (values.html !== undefined) writeFileSync(resolve(terminal.folder, values.html), forecastPage(found));
    if (values.json) terminal.out(JSON.stringify({ ...found, linesLeftOut: own.leftOut }, rounded));
    else for (const line of forecastText(found)) terminal.out(line);
    return exitCode.done;
  },
};

interface Given {
  readonly ips: string;
  readonly days: string;
  readonly model: string;
  readonly seeds: string;
  readonly floor: string;
  readonly "ip-price": string;
}

function figuresOf(given: Given) {
  return {
    ips: wholeNumber("ips", given.ips, { from: 1, to: 100 }),
    days: wholeNumber("days", given.days, { from: 7, to: 365 }),
    seeds: wholeNumber("seeds", given.seeds, { from: 1, to: 1_000 }),
    model: priorOf(given.model),
    floors: { perDay: wholeNumber("floor", given.floor, { from: 1, to: 1_000_000 }), perMonth: severalHundred },
    ipPriceUsd: anyNumber("ip-price", given["ip-price"], { from: 0, to: 100_000 }),
  };
}

function priorOf(given: string): PriorName {
  if (isPrior(given)) return given;
  throw new UsageError(`--model ${given}: expected easy, mid or strict.`);
}

function chosenPlan(name: string, { plans }: OwnMail): ForecastPlan {
  const known = forecastPlans(plans);
  const plan = known.get(name);
  if (plan !== undefined) return plan;
  throw new UsageError(`${name} is not a plan. Expected one of: ${[...known.keys()].join(", ")}.`);
}

function startDay(given: string): UtcDay {
  if (/^\d{4}-\d{2}-\d{2}$/.test(given) && utcDay(dayNumber(given) * dayMs) === given) return given;
  throw new UsageError(`--start ${given}: expected a day as YYYY-MM-DD.`);
}

/** Four digits after the point are more than a model knows. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Math.round(value * 1e4) / 1e4 : value;
}
