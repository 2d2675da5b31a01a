import { beforeAll, describe, expect, test } from "vitest";
import { type LivedThrough, liveThrough } from "./outage.ts";

const minutes = 60;

/** Calls that may be open when SES goes silent: what one dispatcher environment sends at once. */
const inFlight = 10;

describe.each([
  // Beside what is in flight one message asks in each interval: a minute in a silence, two minutes of a pause. Time jumps
  // here: on a busy machine whoever asks may seem to have died, and another asks in the same interval.
  { answer: "server-error", mostCalls: inFlight + 2 * minutes },
  { answer: "account-paused", mostCalls: inFlight + minutes },
] as const)("SES answers every call with $answer for an hour", ({ answer, mostCalls }) => {
  let lived: LivedThrough;

  beforeAll(async () => {
    lived = await liveThrough({ minutes, begin: (system, seconds) => system.orderSends({ kind: answer }, seconds) });
  }, 600_000);

  test("all mail is sent, each message once", () => {
    expect(new Set(lived.sent)).toEqual(new Set(lived.enqueued));
    expect(lived.sent).toHaveLength(lived.enqueued.length);
  });

  test("nothing is in quarantine or in dead letters", () => {
    expect(lived.setAside).toEqual([]);
  });

  test(`SES is called ${mostCalls} times at most while it lasts`, () => {
    expect(lived.calls).toBeLessThanOrEqual(mostCalls);
  });
});
