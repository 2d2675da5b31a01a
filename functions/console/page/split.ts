import type { PoolStatus } from "../../../shared/app/status/status.ts";
import { figure, percent } from "./figures.ts";
import { type Html, html } from "./html.ts";

/** Today's mail of a pool by the route it left by: one bar, and the same in words and figures beneath it. */
export function split({ byRoute }: PoolStatus): Html {
  const total = byRoute.warming + byRoute.established + byRoute.shared;
  const parts = [
    { className: "sw-warming", name: "Warming IPs", recipients: byRoute.warming },
    { className: "sw-established", name: "Established IPs", recipients: byRoute.established },
    { className: "sw-shared", name: "SES shared IPs", recipients: byRoute.shared },
  ];
  const bars = parts
    .filter(({ recipients }) => recipients > 0)
    .map(({ className, recipients }) => html`<span class="${className}" style="flex:${recipients} 1 0"></span>`);
  const legend = parts.map(
    ({ className, name, recipients }) =>
      html`<li><span class="sw-key ${className}"></span>${name} <strong>${figure(recipients)}</strong> <span class="sw-muted">(${percent(recipients, total)})</span></li>`,
  );
  return html`<div class="sw-split" aria-hidden="true">${bars}</div><ul class="sw-legend">${legend}</ul>`;
}
