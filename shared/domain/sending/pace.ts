/** How a day's allowance opens: all at once, through the day, or with a probe first. */
export type Pace = "open" | "paced" | "probing";

const hours = 24;
/** Below 1 the day opens a little faster at first: what comes last then finds the capacity's end by few mails. */
const curve = 0.75;
/** A probing day opens this part of its allowance an hour, for so many hours. */
const probePerHour = 0.02;
const probeHours = 3;

/**
 * Part of a day's allowance that may be used by the end of an hour, a fraction.
 * @param hour - 0 to 23
 */
export function openPart(pace: Pace, hour: number): number {
  switch (pace) {
    case "open":
      return 1;
    case "probing":
      if (hour < probeHours) return probePerHour * (hour + 1);
      return ((hour + 1) / hours) ** curve;
    case "paced":
      return ((hour + 1) / hours) ** curve;
    default:
      return pace satisfies never;
  }
}
