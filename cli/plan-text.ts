import type { PlanInForce, ProviderDays } from "../shared/app/status/read-plans.ts";
import type { ProviderPlanChanges } from "../shared/domain/warm-up/plan.ts";
import { planPresets } from "../shared/domain/warm-up/plan-presets.ts";
import { publishedTables } from "../shared/domain/warm-up/published-tables.ts";
import { alignedTable } from "./table.ts";

/** A plan in force, with what the configuration calls it. */
export type NamedPlan = PlanInForce & { readonly name: string };

/** A plan that a pool may name. */
interface PlanToChoose {
  readonly name: string;
  /** Recipients per IP, provider and day; of a table, all providers together. */
  readonly startPerIp: number;
  readonly growthPerDay?: number | undefined;
  readonly targetPerIp: number;
  readonly providers: Readonly<Record<string, ProviderPlanChanges | undefined>>;
  /** A published table: recipients per IP on each day with use, and where it was published. */
  readonly table?: readonly number[] | undefined;
  readonly source?: string | undefined;
}

/** The presets, then the published tables. */
export function plansToChoose(): readonly PlanToChoose[] {
  return Object.entries(planPresets).map(([name, { startPerIp, growthPerDay, targetPerIp, providers, table }]) => {
    const source = Object.hasOwn(publishedTables, name) ? publishedTables[name]?.source : undefined;
    return {
      name,
      startPerIp,
      targetPerIp,
      providers,
      ...(table === undefined ? { growthPerDay } : { table, source }),
    };
  });
}

export function listedPlans(): string[] {
  const presets = plansToChoose().filter(({ table }) => table === undefined);
  const tables = plansToChoose().filter(({ table }) => table !== undefined);
  return [
    "Plans, recipients per IP, mailbox provider and UTC day",
    ...alignedTable(
      [{ heading: "plan" }, ...figures("start", "growth", "target"), { heading: "differs" }],
      presets.map(({ name, startPerIp, growthPerDay, targetPerIp, providers }) => [
        name,
        ...[startPerIp, growthPerDay ?? 1, targetPerIp].map(String),
        Object.entries(providers)
          .map(([provider, changes]) => `${provider}: ${inWords(changes ?? {})}`)
          .join("; "),
      ]),
    ),
    "",
    "Published tables, recipients per IP and day with use, all providers together",
    ...tables.flatMap(({ name, table = [], source = "" }) => [`  ${name}: ${table.join(", ")}`, `    ${source}`]),
    "",
    "A pool names one as its plan in the configuration; the same keys make a plan of your own.",
  ];
}

export function plansText(plans: readonly NamedPlan[]): string[] {
  if (plans.length === 0) return ["No pool is configured: all mail leaves by SES's shared IPs."];
  return plans.flatMap((each, index) => [...(index === 0 ? [] : [""]), ...planText(each)]);
}

function planText({ pool, name, plan, differs, ips, next }: NamedPlan): string[] {
  const { startPerIp, growthPerDay, targetPerIp, table, minDays, maxDays } = plan;
  const growth = table === undefined ? `growing by ${growthPerDay} a day` : `by a table of ${table.length} days`;
  return [
    `pool ${pool}: plan ${name}`,
    `  from ${startPerIp} to ${targetPerIp} recipients per IP, provider and day, ${growth}, in ${minDays} to ${maxDays} days`,
    ...differs.map(({ provider, changes }) => `  ${provider}: ${inWords(changes)}`),
    `  the next days' allowances if every day is used and nothing is refused, ${ips === 1 ? "1 IP" : `${ips} IPs`}`,
    ...daysTable(next).map((line) => `  ${line}`),
  ];
}

function daysTable(next: readonly ProviderDays[]): string[] {
  const days = next[0]?.days.map(({ day }) => day) ?? [];
  return alignedTable(
    [{ heading: "provider" }, ...figures(...days)],
    next.map((each) => [each.provider, ...each.days.map(({ allowance }) => String(allowance))]),
  );
}

function figures(...headings: readonly string[]) {
  return headings.map((heading) => ({ heading, figures: true }));
}

function inWords(changes: ProviderPlanChanges): string {
  return Object.entries(changes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} ${value}`)
    .join(", ");
}
