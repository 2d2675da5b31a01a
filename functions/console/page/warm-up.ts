import type { IpState, IpStatus } from "../../../shared/app/status/ip-status.ts";
import type { PoolStatus } from "../../../shared/app/status/status.ts";
import type { GuardHold } from "../../../shared/domain/warm-up/life-cycle.ts";
import { type Html, html } from "./html.ts";

/** Where a pool's warm-up stands: its phase and marks, why it is held, advice, and which IPs it has. */
export function warmUp(status: PoolStatus): Html {
  return html`${phase(status)}${holds(status.holds)}${advice(status)}${ips(status.ips)}`;
}

function phase({ phase, since, paused, byHand, holds }: PoolStatus): Html {
  const marks = [...(paused ? ["paused"] : []), ...(byHand ? ["by hand"] : []), ...(holds.length > 0 ? ["held"] : [])];
  const from = since === undefined ? html`` : html` <span class="sw-muted">since ${since}</span>`;
  return html`<p><strong>${phase}</strong>${from}${marks.map((mark) => html` <span class="sw-mark">${mark}</span>`)}</p>
`;
}

function holds(found: readonly GuardHold[]): Html {
  if (found.length === 0) return html``;
  const lines = found.map(
    ({ code, sentence, since }) => html`<li>${sentence} <span class="sw-muted">(${code}, since ${since})</span></li>`,
  );
  return html`<div class="sw-warning" role="alert"><strong>Allowances do not grow until this is put right</strong><ul>${lines}</ul></div>
`;
}

function advice({ advice }: PoolStatus): Html {
  return advice === undefined
    ? html``
    : html`<p class="sw-advice">${advice.says}</p>
`;
}

const inWords: Readonly<Record<IpState, string>> = {
  warming: "warming",
  waiting: "waiting for the warm-up under way to end",
  established: "established",
  "not-assigned": "not in this pool's SES pools yet",
  "not-listed-by-ses": "not listed by SES",
  "unknown-to-the-configuration": "unknown to the configuration",
};

function ips(found: readonly IpStatus[]): Html {
  if (found.length === 0)
    return html`<p class="sw-muted">No dedicated IP yet.</p>
`;
  return html`<ul class="sw-legend sw-ips">${found.map(ip)}</ul>
`;
}

function ip({ ip, state, since, warmUpDay }: IpStatus): Html {
  const day = warmUpDay === undefined ? "" : `, day ${warmUpDay}`;
  const seen = since === undefined ? "" : `, since ${since}`;
  return html`<li><strong>${ip}</strong> <span class="sw-muted">${inWords[state]}${day}${seen}</span></li>`;
}
