import { parseArgs } from "node:util";
import { dedicatedIpMonthlyUsd } from "../shared/app/status/keep-warm.ts";
import { advise as adviseOn } from "../shared/domain/advice/advise.ts";
import { severalHundred } from "../shared/domain/advice/kept-warm.ts";
import { total } from "../shared/domain/advice/mail-history.ts";
import { type AdviceFacts, adviceText } from "./advise-text.ts";
import { exitCode } from "./exit-code.ts";
import { historyOptions, ownMail } from "./forecast-history.ts";
import { anyNumber, wholeNumber } from "./simulate/number-option.ts";
import { checkDeployment, type Verb } from "./verb.ts";

const options = {
  ...historyOptions,
  ips: { type: "string", default: "1" },
  "allow-listed": { type: "boolean", default: false },
  floor: { type: "string", default: "1000" },
  "ip-price": { type: "string", default: String(dedicatedIpMonthlyUsd) },
  json: { type: "boolean", default: false },
} as const;

const monthDays = 30;

/** Says whether dedicated IPs fit a sender at all. */
export const advise: Verb = {
  summary: "whether dedicated IPs fit your mail at all, rule by rule of the SES guide",
  options:
    "[--history FILE.csv | --pool POOL [--deployment FILE | --data-dir DIR]] [--ips N] [--allow-listed] [--floor N] [--ip-price USD] [--json]",
  afterFailure: checkDeployment,
  async run(args, terminal) {
    const { values } = parseArgs({ args: [...args], options });
    const ips = wholeNumber("ips", values.ips, { from: 1, to: 1_000 });
    const perDay = wholeNumber("floor", values.floor, { from: 1, to: 1_000_000 });
    const price = anyNumber("ip-price", values["ip-price"], { from: 0, to: 100_000 });
    const { mail, leftOut } = await ownMail(values, terminal);
    const allowListed = values["allow-listed"];
    const advice = adviseOn(mail, { ips, allowListed, floors: { perDay, perMonth: severalHundred } });
    const days = mail.perDay.length;
    const perMonth = (total(mail.perDay) * monthDays) / days;
    const facts: AdviceFacts = {
      ...{ from: mail.first, to: mail.last, days, ips, allowListed },
      recipientsPerDay: Math.round(perMonth / monthDays),
      recipientsPerMonth: Math.round(perMonth),
      costPerMonthUsd: Math.round(ips * price * 100) / 100,
    };
    if (values.json) terminal.out(JSON.stringify({ ...facts, ...advice, linesLeftOut: leftOut }, rounded));
    else for (const line of adviceText(facts, advice)) terminal.out(line);
    return exitCode.done;
  },
};

/** JSON has no infinity: a week against empty ones is null. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Math.round(value * 1e4) / 1e4 : value;
}
