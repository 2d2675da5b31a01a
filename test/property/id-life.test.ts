import fc from "fast-check";
import { expect, test } from "vitest";
import { dayMs } from "../../shared/domain/utc-day.ts";
import { aSendMessage } from "../support/builders.ts";
import { Copies } from "../support/copies.ts";

type Step =
  | { readonly do: "pass"; readonly days: number }
  | { readonly do: "deliver" | "double" | "repeat" | "other" | "die" | "requeue" }
  | { readonly do: "release"; readonly all: boolean; readonly twice: boolean }
  | { readonly do: "stop" | "room"; readonly is: boolean };

/** A copy that the application enqueues late, and that is looked at later still. */
const lateCopy = ([days, deadDays]: readonly [number, number]): Step[] => [
  { do: "deliver" },
  { do: "pass", days },
  { do: "repeat" },
  { do: "die" },
  { do: "pass", days: deadDays },
  { do: "requeue" },
  { do: "deliver" },
];

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("pass" as const), days: fc.integer({ min: 1, max: 20 }) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("deliver" as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("release" as const), all: fc.boolean(), twice: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom("double", "repeat", "other", "die", "requeue") }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("stop", "room"), is: fc.boolean() }) },
);

/** An id is known for so long after its message ended: what is enqueued later under it is another message, ms. */
const promisedMs = 28 * dayMs;

class Story {
  readonly copies = new Copies();
  readonly #body: string;
  readonly #other: string;
  /** Longest stay in dead letters, ms. */
  readonly #longestDeadMs: number;
  #sentAtMs = Number.POSITIVE_INFINITY;

  constructor(daysAhead: number, deadDays: number) {
    this.#longestDeadMs = deadDays * dayMs;
    const sendAfter = daysAhead > 0 ? { sendAfter: new Date(this.copies.nowMs + daysAhead * dayMs).toISOString() } : {};
    this.#body = JSON.stringify(aSendMessage({ id: "one", ...sendAfter }));
    this.#other = JSON.stringify(aSendMessage({ id: "one", to: ["bob@gmail.com"] }));
    this.copies.enqueue(this.#body);
  }

  async play(step: Step): Promise<void> {
    const { copies } = this;
    switch (step.do) {
      case "pass":
        for (let day = 0; day < step.days; day += 1) {
          await copies.passDay();
          this.#look();
          if (copies.dead.some(({ sinceMs }) => copies.nowMs - sinceMs > this.#longestDeadMs - dayMs)) copies.requeue();
        }
        break;
      case "repeat":
        if (this.#isKnown) copies.enqueue(this.#body);
        break;
      case "other":
        if (this.#isKnown) copies.enqueue(this.#other);
        break;
      case "deliver":
        await copies.deliver();
        break;
      case "release":
        await copies.release(step.all, step.twice);
        break;
      case "stop":
        copies.isStopped = step.is;
        break;
      case "room":
        copies.hasRoom = step.is;
        break;
      case "double":
        copies.double();
        break;
      case "die":
        copies.die();
        break;
      case "requeue":
        copies.requeue();
        break;
      default:
        step satisfies never;
    }
    this.#look();
  }

  /** Everything that stopped mail is gone, and time goes on. */
  async end(): Promise<void> {
    const { copies } = this;
    copies.isStopped = false;
    copies.hasRoom = true;
    copies.requeue();
    for (let day = 0; day < 420 && !copies.isOver; day += 1) {
      while (copies.queue.length > 0) await copies.deliver();
      await copies.passDay();
      await copies.release(false, false);
    }
  }

  get #isKnown(): boolean {
    return this.copies.nowMs < this.#sentAtMs + promisedMs;
  }

  #look(): void {
    if (this.copies.sent > 0) this.#sentAtMs = Math.min(this.#sentAtMs, this.copies.nowMs);
  }
}

const story = fc.record({
  daysAhead: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 41, max: 390 })),
  /** Dead letters are put back soon, or at last before the list of what was set aside forgets them. */
  deadDays: fc.constantFrom(14, 14, 90),
  steps: fc
    .array(
      fc.oneof(
        { weight: 8, arbitrary: step.map((each) => [each]) },
        {
          weight: 1,
          arbitrary: fc.tuple(fc.integer({ min: 10, max: 27 }), fc.integer({ min: 10, max: 60 })).map(lateCopy),
        },
      ),
      { minLength: 1, maxLength: 40 },
    )
    .map((parts) => parts.flat()),
});

test("in whatever order mail is held, released, parked, set aside, put back and copied: it is sent once, and none that waits dies of its age", async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ daysAhead, deadDays, steps }) => {
      const played = new Story(daysAhead, deadDays);
      for (const each of steps) await played.play(each);
      await played.end();
      const { sent, diedWaiting, diedLost, foreign, isOver } = played.copies;
      expect({ diedWaiting, isOver }).toEqual({ diedWaiting: [], isOver: true });
      // SES answers every call, and no worker dies: nothing is unknown, however long ago it was.
      expect(played.copies.dispatcher.log.of("OUTCOME_UNKNOWN")).toEqual([]);
      expect(sent).toBeLessThanOrEqual(1);
      if (diedLost > 0) return;
      expect(sent).toBe(1);
      // Of two contents it is the one that was claimed first, however long it waited.
      expect(foreign).toEqual([]);
    }),
    { numRuns: 1_500 },
  );
}, 240_000);
