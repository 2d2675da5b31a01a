import type { Forecast } from "../shared/app/forecast/forecast.ts";
import { caveat, counted } from "./forecast-text.ts";

/** The drawing's frame, in pixels of its view box. */
const frame = { width: 800, height: 440, left: 70, right: 20, top: 70, bottom: 110 };
const plotWidth = frame.width - frame.left - frame.right;
const plotHeight = frame.height - frame.top - frame.bottom;
const floorY = frame.top + plotHeight;
const strip = { y: floorY + 42, height: 26 };

/**
 * The forecast as a drawing of its own: mail of each day, what warming IPs carry (plain) and what leaves elsewhere
 * (hatched), with the refused mail in a strip below. Surfaces differ in pattern and carry their names.
 */
export function forecastPicture(found: Forecast): string {
  const { plan, ips, byDay, days, start } = found;
  const most = niceTop(Math.max(1, ...byDay.map(({ mail }) => mail)));
  const x = (index: number): number => frame.left + (plotWidth * index) / Math.max(1, days - 1);
  const y = (value: number): number => floorY - (plotHeight * value) / most;
  const carried = byDay.map(({ warming }, index) => point(x(index), y(warming)));
  const all = byDay.map(({ mail }, index) => point(x(index), y(mail)));
  const ground = `${point(x(days - 1), floorY)} ${point(x(0), floorY)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${frame.width} ${frame.height}" role="img" aria-labelledby="forecast-title forecast-text" font-family="sans-serif" font-size="12" fill="#1a1a1a">`,
    `<title id="forecast-title">${escaped(`Warm-up forecast, plan ${plan}, ${counted(ips)}, from ${start}`)}</title>`,
    `<desc id="forecast-text">${escaped(described(found))}</desc>`,
    hatch,
    `<rect width="${frame.width}" height="${frame.height}" fill="#ffffff"/>`,
    text(
      frame.left,
      22,
      `Warm-up forecast: plan ${plan}, ${counted(ips)}, mean of the runs`,
      `font-size="15" font-weight="bold"`,
    ),
    text(frame.left, 40, caveat(found), `font-size="11" fill="#444444"`),
    `<polygon points="${all.join(" ")} ${carried.toReversed().join(" ")}" fill="url(#elsewhere)" stroke="#8a4b00"/>`,
    `<polygon points="${carried.join(" ")} ${ground}" fill="#1f5f99" stroke="#123c62"/>`,
    ...valueAxis(most, y),
    ...dayAxis(found, x),
    ...milestones(found, x),
    ...refusedStrip(found, x),
    ...legend(),
    "</svg>",
    "",
  ].join("\n");
}

const hatch = `<defs><pattern id="elsewhere" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8" fill="#fbe3bd"/><line x1="0" y1="0" x2="0" y2="8" stroke="#8a4b00" stroke-width="2"/></pattern></defs>`;

const legend = (): string[] => [
  `<rect x="${frame.left}" y="48" width="16" height="12" fill="#1f5f99" stroke="#123c62"/>`,
  text(frame.left + 22, 58, "by warming IPs (plain)"),
  `<rect x="${frame.left + 190}" y="48" width="16" height="12" fill="url(#elsewhere)" stroke="#8a4b00"/>`,
  text(frame.left + 212, 58, "by other IPs or held (hatched)"),
];

function valueAxis(most: number, y: (value: number) => number): string[] {
  return [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const at = y(part * most);
    const label = text(frame.left - 8, at + 4, Math.round(part * most).toLocaleString("en-US"), `text-anchor="end"`);
    return `<line x1="${frame.left}" x2="${frame.width - frame.right}" y1="${figure(at)}" y2="${figure(at)}" stroke="#000000" stroke-opacity="0.15"/>${label}`;
  });
}

function dayAxis({ byDay }: Forecast, x: (index: number) => number): string[] {
  const every = Math.max(7, 7 * Math.ceil(byDay.length / 49));
  return byDay.flatMap(({ day }, index) =>
    index % every === 0 ? [text(x(index), floorY + 18, day.slice(5), `text-anchor="middle"`)] : [],
  );
}

const mostMilestones = 4;

/** Where each of the larger providers is carried whole, in the middle of the runs: lines, then their names on top. */
function milestones({ providers, byDay }: Forecast, x: (index: number) => number): string[] {
  const found = providers.slice(0, mostMilestones).flatMap(({ provider, carriedOn }) => {
    const index = byDay.findIndex(({ day }) => day === carriedOn.median);
    return index < 0 ? [] : [{ provider, at: x(index), isLate: index > byDay.length * 0.8 }];
  });
  return [
    ...found.map(({ at }) => upright(at)),
    ...found.map(({ provider, at, isLate }, row) => {
      const y = frame.top + 14 + 15 * row;
      const says = `${provider} carried`;
      return isLate ? text(at - 4, y, says, `text-anchor="end" ${halo}`) : text(at + 4, y, says, halo);
    }),
  ];
}

function upright(at: number): string {
  const x = figure(at);
  return `<line x1="${x}" x2="${x}" y1="${frame.top}" y2="${floorY}" stroke="#000000" stroke-dasharray="4 3"/>`;
}

/** Text over a pattern is read by its outline. */
const halo = `stroke="#ffffff" stroke-width="3" paint-order="stroke"`;

function refusedStrip({ byDay }: Forecast, x: (index: number) => number): string[] {
  const most = Math.max(...byDay.map(({ refused }) => refused));
  const says = most === 0 ? "refused: none" : `refused, recipients a day (at most ${most.toLocaleString("en-US")})`;
  const base = strip.y + strip.height;
  const bars = byDay.flatMap(({ refused }, index) => {
    const top = base - (strip.height * refused) / Math.max(1, most);
    return refused === 0 ? [] : [`M${figure(x(index))} ${base}V${figure(top)}`];
  });
  return [
    `<line x1="${frame.left}" x2="${frame.width - frame.right}" y1="${base}" y2="${base}" stroke="#000000"/>`,
    ...(bars.length === 0 ? [] : [`<path d="${bars.join("")}" stroke="#b00020" stroke-width="3" fill="none"/>`]),
    text(frame.left, base + 18, says),
  ];
}

function described({ totals, days }: Forecast): string {
  const [warming, mail] = [totals.warming, totals.mail].map((value) => value.toLocaleString("en-US"));
  return `Of ${mail} recipients in ${days} days, ${warming} leave by warming IPs, the others by other IPs or are held.`;
}

/** 1, 2 or 5 times a power of ten, or a quarter of one, above a value: quarters of it are round. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 4, 5, 8, 10].find((step) => step * power >= value) ?? 10);
}

const figure = (value: number): string => String(Math.round(value * 10) / 10);
const point = (x: number, y: number): string => `${figure(x)},${figure(y)}`;

function text(x: number, y: number, content: string, attributes = ""): string {
  return `<text x="${figure(x)}" y="${figure(y)}" ${attributes}>${escaped(content)}</text>`;
}

export function escaped(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
