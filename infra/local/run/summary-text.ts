import type { Summary } from "./summary.ts";

/** A summary for people: the counts, then the pools' warming allowances day by day. */
export function summaryText(summary: Summary): string {
  const { byRoute, allowances, ...counts } = summary;
  const byPoolAndDay = Map.groupBy(allowances, ({ pool, day }) => `${day}  ${pool}`);
  const days = [...byPoolAndDay]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, rows]) => {
      const used = rows.filter((row) => row.used > 0);
      return `  ${name.padEnd(28)} used ${sum(used, "used")} of ${sum(used, "allowance")}, deferred ${sum(rows, "deferred")}, blocked ${sum(rows, "blocked")}`;
    });
  const lines = Object.entries({ ...counts, ...byRoute }).map(([name, value]) => `  ${name.padEnd(14)} ${value}`);
  return ["Summary (messages)", ...lines, "Warming IPs (recipients, at providers that were used)", ...days].join("\n");
}

type Row = Summary["allowances"][number];

function sum(rows: readonly Row[], field: "used" | "allowance" | "deferred" | "blocked"): number {
  return rows.reduce((total, row) => total + row[field], 0);
}
