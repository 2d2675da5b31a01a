import { expect, test } from "vitest";
import { dayStop } from "../../shared/domain/brakes/day-stop.ts";
import { adaptiveSettings } from "../../shared/domain/warm-up/adaptive-settings.ts";
import { noonMs, today } from "../support/builders.ts";
import { newSigns } from "../support/signs.ts";
import { tallySlots } from "../support/tallies.ts";

test("a slot that comes in several pieces counts whole, whichever piece is read last", () => {
  const piece = (counts: Parameters<typeof newSigns>[1]) => ({
    provider: "gmail",
    slotMs: noonMs,
    byStream: new Map([["news", newSigns("warming", counts)]]),
  });
  const [refused, clean] = [piece({ deferred: 30 }), piece({ delivered: 60 })];
  for (const slots of [
    [refused, clean],
    [clean, refused],
  ]) {
    expect(dayStop(adaptiveSettings, today, tallySlots("warming", slots))?.why).toMatch(/^30 of 90 answers/);
  }
});
