import type { AllowanceStatus, PoolStatus, Status } from "../shared/app/status/status.ts";
import { brakeWords } from "../shared/domain/brakes/brake-words.ts";
import { wallLines } from "./streams-text.ts";
import { alignedTable } from "./table.ts";
import { warmUpLines } from "./warm-up-text.ts";

/** The status for a person: a few tables, recipients unless a heading says otherwise. */
export function statusText({ day, pools, streams, shared, held, queues, ...setAside }: Status): string[] {
  return [
    `${day} (UTC), recipients`,
    "",
    ...splitTable(pools, shared.accepted),
    "",
    ...warmUpLines(pools),
    ...wallLines(streams),
    "",
    ...allowanceTable(pools),
    "",
    ...alignedTable(
      ["messages", "waiting", "in flight", "delayed"].map((heading, index) => ({ heading, figures: index > 0 })),
      [
        ...(["send", "parked"] as const).map((name) => {
          const { visible, inFlight, delayed } = queues[name];
          return [name, ...[visible, inFlight, delayed].map(String)];
        }),
        ["held", String(held)],
        ["quarantine", String(setAside.quarantined)],
        ["dead letters", String(setAside.deadLetters)],
      ],
    ),
  ];
}

function splitTable(pools: readonly PoolStatus[], withoutPool: number): string[] {
  return alignedTable(
    ["pool", "warming", "established", "shared"].map((heading, index) => ({ heading, figures: index > 0 })),
    [
      ...pools.map(({ pool, byRoute: { warming, established, shared } }) => [
        pool,
        ...[warming, established, shared].map(String),
      ]),
      ["(none)", "0", "0", String(withoutPool)],
    ],
  );
}

function allowanceTable(pools: readonly PoolStatus[]): string[] {
  const all = pools.flatMap(({ pool, allowances }) => allowances.map((each) => ({ pool, ...each })));
  if (all.length === 0) return ["No allowance is open today: no pool has dedicated IPs, or the ramp has not run."];
  const busy = all.filter(({ used, deferred, blocked }) => used + deferred + blocked > 0);
  const quiet = all.length - busy.length;
  return [
    ...(busy.length === 0 ? [] : alignedTable(allowanceColumns, busy.map(allowanceRow))),
    ...(quiet === 0 ? [] : [`without mail today: ${quiet} more, listed by --json`]),
  ];
}

const allowanceColumns = [
  { heading: "pool" },
  { heading: "provider" },
  { heading: "IPs" },
  { heading: "allowance", figures: true },
  { heading: "used", figures: true },
  { heading: "deferred", figures: true },
  { heading: "blocked", figures: true },
  { heading: "rule" },
  { heading: "why" },
];

function allowanceRow(row: AllowanceStatus & { readonly pool: string }): string[] {
  const figures = [row.allowance, row.used, row.deferred, row.blocked].map(String);
  const why = row.brake === undefined ? row.why : `${brakeWords(row.brake)}; ${row.why}`;
  return [row.pool, row.provider, row.route, ...figures, row.brake === undefined ? row.rule : row.brake.step, why];
}
