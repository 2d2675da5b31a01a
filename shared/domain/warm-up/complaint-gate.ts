import { rateAtLeast } from "../confidence.ts";

/** Days whose complaints count: they come late, so one day tells too little. */
export const complaintDays = 7;

/** Gmail's line: a rate of spam complaints that must never be reached, a fraction. */
const neverRate = 0.003;
/** The rate there is at least, by its confidence bound, before a few complaints decide anything. */
const surelyRate = 0.0015;
const fewestComplaints = 4;

/** Whether complaints of the last days forbid growth; the gate opens again when the rate falls. Recipients. */
export function complaintsForbidGrowth(complained: number, delivered: number): boolean {
  if (complained < fewestComplaints || delivered <= 0) return false;
  return complained / delivered >= neverRate && rateAtLeast(complained, delivered) > surelyRate;
}
