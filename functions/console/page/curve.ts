import type { HistoryDay } from "../../../shared/app/status/status.ts";
import { figure, shortFigure } from "./figures.ts";
import { type Html, html } from "./html.ts";

/** Drawing area, in units of the view box. */
const width = 1000;
const height = 190;
const plot = { left: 48, right: 992, top: 12, bottom: 164 } as const;

const dayMs = 86_400_000;

/** One day's place on the curve: days without use leave a gap. */
interface Slot extends HistoryDay {
  /** Days since the first one. */
  readonly index: number;
}

/** Allowance and use of a pool's warming IPs, a bar and a step for each day. */
export function curve(history: readonly HistoryDay[]): Html {
  const [first] = history;
  const last = history.at(-1);
  if (first === undefined || last === undefined)
    return html`<p class="sw-muted">Nothing has left by warming IPs yet.</p>`;
  const slots = history.map((day) => ({ ...day, index: daysBetween(first.day, day.day) }));
  const days = Math.max(14, daysBetween(first.day, last.day) + 1); // a first week is not drawn as wide as a month
  const top = niceTop(Math.max(...history.map(({ allowance, used }) => Math.max(allowance, used))));
  const label = `From ${first.day} to ${last.day}. On the last day ${figure(last.used)} of ${figure(last.allowance)} recipients were used.`;
  return html`<ul class="sw-legend"><li><span class="sw-key sw-warming"></span>Used</li><li><span class="sw-key sw-line-key"></span>Allowance</li></ul>
<div class="sw-scroll"><svg class="sw-curve" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
${grid(top)}${slots.map((slot) => bar(slot, days, top))}<path class="sw-allowed" d="${steps(slots, days, top)}"/>
${dates(slots, days)}${slots.map((slot) => hover(slot, days))}
</svg></div>`;
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

/** The next 1, 2, 2.5 or 5 times a power of ten: where the axis ends. */
function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return ([1, 2, 2.5, 5].find((step) => step * power >= most) ?? 10) * power;
}

function x(index: number, days: number): number {
  return round(plot.left + ((plot.right - plot.left) * index) / days);
}

function y(recipients: number, top: number): number {
  return round(plot.bottom - ((plot.bottom - plot.top) * recipients) / top);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function grid(top: number): Html[] {
  return [0, top / 2, top].map((value) => {
    const at = y(value, top);
    return html`<line class="sw-grid" x1="${plot.left}" x2="${plot.right}" y1="${at}" y2="${at}"/><text x="${plot.left - 8}" y="${at + 4}" text-anchor="end">${shortFigure(value)}</text>
`;
  });
}

function bar({ index, used }: Slot, days: number, top: number): Html {
  const slot = x(1, days) - x(0, days);
  const from = y(used, top);
  return html`<rect class="sw-used" x="${round(x(index, days) + slot * 0.15)}" y="${from}" width="${round(slot * 0.7)}" height="${round(plot.bottom - from)}"/>
`;
}

/** A level line over each day, joined where days follow each other. */
function steps(slots: readonly Slot[], days: number, top: number): string {
  return slots
    .map(({ index, allowance }, position) => {
      const joined = slots[position - 1]?.index === index - 1;
      const at = y(allowance, top);
      return `${joined ? "L" : "M"}${x(index, days)} ${at}H${x(index + 1, days)}`;
    })
    .join("");
}

/** The first and the last day by name, as far as there is room for both. */
function dates(slots: readonly Slot[], days: number): Html[] {
  const named = slots.filter(({ index }, position) => index === 0 || (position === slots.length - 1 && index >= 3));
  return named.map(({ index, day }) => {
    const middle = (x(index, days) + x(index + 1, days)) / 2;
    const anchor = index === 0 ? "start" : middle > plot.right - 60 ? "end" : "middle";
    const at = anchor === "end" ? plot.right : anchor === "start" ? plot.left : round(middle);
    return html`<text x="${at}" y="${height - 8}" text-anchor="${anchor}">${day}</text>
`;
  });
}

/** The figures of a day, shown where the pointer rests. */
function hover({ index, day, allowance, used }: Slot, days: number): Html {
  return html`<rect class="sw-hover" x="${x(index, days)}" y="${plot.top}" width="${round(x(1, days) - x(0, days))}" height="${plot.bottom - plot.top}"><title>${day}: ${figure(used)} of ${figure(allowance)}</title></rect>
`;
}
