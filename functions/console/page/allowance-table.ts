import type { AllowanceStatus } from "../../../shared/app/status/status.ts";
import { brakeWords } from "../../../shared/domain/brakes/brake-words.ts";
import { figure } from "./figures.ts";
import { type Html, html } from "./html.ts";

/** A pool's allowances: those with mail today at once, the others behind a line that opens. */
export function allowanceTable(allowances: readonly AllowanceStatus[]): Html {
  if (allowances.length === 0) {
    return html`<p class="sw-muted">No allowance is open today: the pool has no dedicated IPs yet, or the ramp has not run.</p>`;
  }
  const quiet = allowances.filter(isQuiet);
  const busy = allowances.filter((each) => !isQuiet(each));
  return html`${busy.length === 0 ? html`<p class="sw-muted">No mail on dedicated IPs yet today.</p>` : table(busy)}${behind(quiet)}`;
}

function isQuiet({ used, deferred, blocked, bounced, complained }: AllowanceStatus): boolean {
  return used + deferred + blocked + bounced + complained === 0;
}

function behind(quiet: readonly AllowanceStatus[]): Html {
  if (quiet.length === 0) return html``;
  const what = quiet.length === 1 ? "1 allowance without mail today" : `${quiet.length} allowances without mail today`;
  return html`<details class="sw-more"><summary>${what}</summary>${table(quiet)}</details>`;
}

function table(rows: readonly AllowanceStatus[]): Html {
  return html`<div class="sw-scroll"><table>
<thead><tr><th scope="col">Provider</th><th scope="col">IPs</th><th scope="col" class="sw-number">Allowance</th><th scope="col" class="sw-number">Used</th><th scope="col"></th><th scope="col" class="sw-number">Deferred</th><th scope="col" class="sw-number">Blocked</th><th scope="col">Rule</th><th scope="col">Why</th></tr></thead>
<tbody>${rows.map(row)}</tbody>
</table></div>`;
}

function row({ provider, route, allowance, used, deferred, blocked, rule, why, brake }: AllowanceStatus): Html {
  return html`<tr><th scope="row">${provider}</th><td>${route}</td><td class="sw-number">${figure(allowance)}</td><td class="sw-number">${figure(used)}</td><td class="sw-room">${bar(route, used, allowance)}</td>${trouble(deferred)}${trouble(blocked)}${brake === undefined ? html`<td>${rule}</td><td class="sw-why">${why}</td>` : html`<td class="sw-bad">${brake.step}</td><td class="sw-why">${brakeWords(brake)}; ${why}</td>`}</tr>
`;
}

/** How much of the allowance is used; an allowance that was lowered below its use is full. */
function bar(route: string, used: number, allowance: number): Html {
  const filled = allowance > 0 ? Math.min(100, (100 * used) / allowance) : 0;
  return html`<span class="sw-bar" aria-hidden="true"><span class="sw-${route}" style="width:${filled.toFixed(1)}%"></span></span>`;
}

function trouble(recipients: number): Html {
  return recipients === 0
    ? html`<td class="sw-number sw-muted">0</td>`
    : html`<td class="sw-number sw-bad">${figure(recipients)}</td>`;
}
