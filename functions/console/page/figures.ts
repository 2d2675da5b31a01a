const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

/** A whole number with thousands separated: 12,400. */
export function figure(value: number): string {
  return whole.format(value);
}

/** A number short enough for an axis: 12.4K. */
export function shortFigure(value: number): string {
  return short.format(value);
}

/** A share in whole percent; a share that is there is never shown as none, and one that lacks something never as all. */
export function percent(part: number, total: number): string {
  if (part === 0 || total === 0) return "0 %";
  const rounded = Math.round((100 * part) / total);
  if (rounded === 0) return "< 1 %";
  return rounded === 100 && part < total ? "> 99 %" : `${rounded} %`;
}
