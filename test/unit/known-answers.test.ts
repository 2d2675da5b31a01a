import { describe, expect, test } from "vitest";
import { KnownAnswers } from "../../shared/app/brakes/known-answers.ts";
import { signText, slotOf } from "../../shared/domain/feedback/sign.ts";
import { dayAfter, dayMs } from "../../shared/domain/utc-day.ts";
import type { OutcomeStore } from "../../shared/ports/outcome-store.ts";
import { noonMs, today } from "../support/builders.ts";
import { MemoryOutcomes } from "../support/fakes/memory-outcomes.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

let mails = 0;
const newMail = (): string => {
  mails += 1;
  return `mail-${mails}`;
};

/** A mail to gmail by warming IPs that was delivered at a time. */
function delivered(atMs: number, mail = newMail()) {
  const sign = signText({ route: "warming", kind: "delivered", mail });
  return { provider: "gmail", slotMs: slotOf(atMs), byStream: new Map([["news", new Set([sign])]]) };
}

/** The store, and the moment from which it was asked for each day. */
function watched() {
  const outcomes = new MemoryOutcomes();
  const asked: [string, number][] = [];
  const store: Pick<OutcomeStore, "keptSince"> = {
    keptSince: (key, fromMs) => {
      asked.push([key.day, fromMs]);
      return outcomes.keptSince(key, fromMs);
    },
  };
  const keep = (atMs: number, day = today, keptMs = atMs) =>
    outcomes.keep({ pool: "news", day }, [delivered(atMs)], keptMs);
  return { outcomes, asked, keep, known: new KnownAnswers(store) };
}

/** Answers of today's mail, and of all that counts. */
async function answers(known: KnownAnswers, nowMs: number): Promise<[number, number]> {
  const { today, all } = (await known.latest("news", nowMs))("gmail", "warming");
  const sum = (tallies: typeof all) => tallies.reduce((total, tally) => total + tally.answers, 0);
  return [sum(today), sum(all)];
}

describe("what an instance knows of the answers", () => {
  test("is that of today's mail, of yesterday's, and what came since then about the day before", async () => {
    const { keep, known } = watched();
    await keep(noonMs);
    await keep(noonMs - dayMs, dayAfter(today, -1));
    await keep(noonMs - dayMs, dayAfter(today, -2));
    await keep(noonMs - 2 * dayMs, dayAfter(today, -2));
    expect(await answers(known, noonMs)).toEqual([1, 3]);
  });

  test("is the same for one that just started, at noon, at midnight and on the day after", async () => {
    const { outcomes, keep, known } = watched();
    for (let hour = 0; hour < 60; hour += 1) {
      const nowMs = noonMs + hour * hourMs;
      const day = dayAfter(today, Math.floor((12 + hour) / 24));
      await keep(nowMs, day);
      await keep(nowMs, dayAfter(day, -1));
      await keep(nowMs, dayAfter(day, -2));
      expect(await answers(known, nowMs), `${hour} hours after noon`).toEqual(
        await answers(new KnownAnswers(outcomes), nowMs),
      );
    }
  });

  test("is read once: later only what was kept since, and a minute before", async () => {
    const { asked, keep, known } = watched();
    await keep(noonMs - hourMs);
    await answers(known, noonMs);
    await keep(noonMs + minuteMs);
    asked.length = 0;
    expect(await answers(known, noonMs + 5 * minuteMs)).toEqual([2, 2]);
    expect(asked.map(([, fromMs]) => fromMs)).toEqual([0, 0, 0].map(() => noonMs - minuteMs));
  });

  test("has what another instance began to keep before and ended after it was read", async () => {
    const { keep, known } = watched();
    await answers(known, noonMs);
    await keep(noonMs - 25_000);
    expect(await answers(known, noonMs + hourMs)).toEqual([1, 1]);
  });

  test("has what came hours late", async () => {
    const { keep, known } = watched();
    await answers(known, noonMs);
    await keep(noonMs - 5 * hourMs, today, noonMs + minuteMs);
    expect(await answers(known, noonMs + 2 * minuteMs)).toEqual([1, 1]);
  });

  test("has what it kept itself, however long that took", async () => {
    const { known } = watched();
    await answers(known, noonMs);
    known.note({ pool: "news", day: today }, [delivered(noonMs - hourMs)]);
    known.note({ pool: "shop", day: today }, [delivered(noonMs)]);
    expect(await answers(known, noonMs)).toEqual([1, 1]);
  });

  test("is read again from where it was when a read fails", async () => {
    const { outcomes, keep } = watched();
    let fails = false;
    const known = new KnownAnswers({
      async *keptSince(key, fromMs) {
        yield* outcomes.keptSince(key, fromMs);
        if (fails) throw new Error("the table is gone");
      },
    });
    await answers(known, noonMs);
    await keep(noonMs + minuteMs);
    fails = true;
    await expect(answers(known, noonMs + hourMs)).rejects.toThrow("gone");
    await keep(noonMs + 2 * minuteMs);
    fails = false;
    expect(await answers(known, noonMs + 2 * hourMs)).toEqual([2, 2]);
  });

  test("counts a mail of yesterday that is answered today where it was answered first", async () => {
    const { outcomes, known } = watched();
    const key = { pool: "news", day: dayAfter(today, -1) };
    await outcomes.keep(key, [delivered(noonMs - hourMs, "same")], noonMs - hourMs);
    await outcomes.keep(key, [delivered(noonMs - dayMs, "same")], noonMs - minuteMs);
    const { all } = (await known.latest("news", noonMs))("gmail", "warming");
    expect(all.map((tally) => [(tally.slotMs - noonMs) / hourMs, tally.answers])).toEqual([
      [-24, 1],
      [-1, 0],
    ]);
  });
});
