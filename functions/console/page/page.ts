import type { PoolStatus, Status } from "../../../shared/app/status/status.ts";
import type { QueueDepth } from "../../../shared/ports/queue-depths.ts";
import { allowanceTable } from "./allowance-table.ts";
import { curve } from "./curve.ts";
import { figure } from "./figures.ts";
import { type Html, html } from "./html.ts";
import { progressTable } from "./progress-table.ts";
import { referenceTable } from "./reference.ts";
import { split } from "./split.ts";
import { styles } from "./styles.ts";
import { walls } from "./walls.ts";
import { warmUp } from "./warm-up.ts";

/** Colours to use whatever the browser prefers; a dashboard has a theme of its own. */
export type Theme = "light" | "dark";

/** The operator's page: a fragment for the body of a document or a dashboard's widget, without script. */
export function page(status: Status, theme?: Theme): string {
  const className = theme === undefined ? "sw-page" : `sw-page sw-${theme}`;
  return html`<div class="${className}">${styles}
<h1>Warm-up</h1>
<p class="sw-muted">${status.day} (UTC). Figures are recipients of today unless they say otherwise.</p>
${facts(status)}
${walls(status.streams)}${status.pools.map(pool)}
</div>`.toString();
}

function facts({ held, quarantined, deadLetters, queues, shared }: Status): Html {
  return html`<dl class="sw-facts">
<div><dt>Send queue</dt><dd>${depth(queues.send)}</dd></div>
<div><dt>Held for room or time</dt><dd><strong>${figure(held)}</strong></dd></div>
<div><dt>Parked, waiting for proof</dt><dd>${depth(queues.parked)}</dd></div>
${setAside("Quarantine", quarantined)}
${setAside("Dead letters", deadLetters)}
<div><dt>Streams without a pool, sent by shared IPs</dt><dd><strong>${figure(shared.accepted)}</strong></dd></div>
</dl>`;
}

function setAside(name: string, messages: number): Html {
  return html`<div><dt>${name}</dt><dd class="${messages > 0 ? "sw-bad" : "sw-none"}"><strong>${figure(messages)}</strong></dd></div>`;
}

function depth({ visible, inFlight, delayed }: QueueDepth): Html {
  const apart = [
    ...(inFlight > 0 ? [`${figure(inFlight)} in flight`] : []),
    ...(delayed > 0 ? [`${figure(delayed)} delayed`] : []),
  ];
  return html`<strong>${figure(visible)}</strong> waiting${apart.map((each) => html`<span class="sw-muted">, ${each}</span>`)}`;
}

function pool(status: PoolStatus): Html {
  return html`<section class="sw-pool"><h2>${status.pool}</h2>
${warmUp(status)}${split(status)}
<h3>Allowances today</h3>
${allowanceTable(status.allowances)}
${progressTable(status.providers)}${referenceTable(status.reference)}<h3>Warming IPs so far <span class="sw-muted">(recipients a day)</span></h3>
${curve(status.history)}
</section>
`;
}
