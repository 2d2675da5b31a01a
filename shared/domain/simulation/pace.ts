import type { Policy, PolicyMaker, TodaySeen } from "./policy.ts";

/** Refused part of what was offered, as far as it is seen, above which a day is over. */
const stopAbove = 0.02;

/**
 * What the hours may add to a policy that decides once a day.
 * - `paced`: by the end of hour h at most (h + 1) / 24 of the allowance is offered
 * - `stop`: no more that day once more than 2 % of what was offered is seen to be refused
 */
export function withinDay(make: PolicyMaker, ways: { readonly paced?: boolean; readonly stop?: boolean }): PolicyMaker {
  return (setup) => {
    const policy = make(setup);
    let today = 0;
    let stopped = false;
    return {
      allowance(day) {
        today = policy.allowance(day);
        stopped = false;
        return today;
      },
      openBy(seen: TodaySeen) {
        const { hour, offered, refused } = seen;
        if (ways.stop === true && refused > stopAbove * offered) stopped = true;
        if (stopped) return 0;
        const open = policy.openBy?.(seen) ?? today;
        return ways.paced === true ? Math.min(open, (today * (hour + 1)) / 24) : open;
      },
      learn: (report) => policy.learn(report),
      learnComplaints: (day, complaints) => policy.learnComplaints?.(day, complaints),
    } satisfies Policy;
  };
}
