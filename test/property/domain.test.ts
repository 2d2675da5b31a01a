import fc from "fast-check";
import { expect, test } from "vitest";
import { splitText } from "../../shared/adapters/split-text.ts";
import { claimTag, parseClaimTag } from "../../shared/domain/sending/claim.ts";
import { delaySeconds, maxDelaySeconds } from "../../shared/domain/sending/delay.ts";
import { idOfMessageTag, messageTag } from "../../shared/domain/sending/message-tag.ts";
import { type Demand, demandByProvider, takeRoom } from "../../shared/domain/sending/share-out.ts";
import { utcDay } from "../../shared/domain/utc-day.ts";

test("a UTC day is what Date says, at 10,000 random moments", () => {
  const moment = fc.integer({ min: Date.UTC(1600, 0, 1), max: Date.UTC(9999, 11, 31) });
  fc.assert(
    fc.property(moment, (epochMs) => {
      expect(utcDay(epochMs)).toBe(new Date(epochMs).toISOString().slice(0, 10));
    }),
    { numRuns: 10_000 },
  );
});

test("a claim's tag names exactly this claim", () => {
  const claim = fc.record({
    batch: fc.stringMatching(/^[a-z0-9]{20}$/),
    position: fc.nat(999_999),
    attempt: fc.integer({ min: 1, max: 999_999 }),
  });
  fc.assert(
    fc.property(claim, (each) => {
      expect(parseClaimTag(claimTag(each))).toEqual(each);
      expect(claimTag(each)).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
    }),
  );
});

test("a message tag is a valid tag value and stands for exactly one id", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 40 }), (id) => {
      const tag = messageTag(id);
      expect(tag).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
      expect(idOfMessageTag(tag ?? "")).toBe(id);
    }),
    { numRuns: 2_000 },
  );
});

test("text is split into parts of at most the limit that give the text again", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 4, max: 40 }), (text, maxBytes) => {
      const parts = splitText(text, maxBytes);
      expect(parts.join("")).toBe(text);
      expect(parts.every((part) => Buffer.byteLength(part) <= maxBytes)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test("text is split into no more parts than whole characters need", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1 }), fc.integer({ min: 4, max: 40 }), (text, maxBytes) => {
      const fewest = Math.ceil(Buffer.byteLength(text) / (maxBytes - 3));
      expect(splitText(text, maxBytes).length).toBeLessThanOrEqual(Math.max(1, fewest));
    }),
  );
});

test("a delay is one SQS takes and never shorter than the wait, up to the longest there is", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (waitMs) => {
      const seconds = delaySeconds(waitMs);
      expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= maxDelaySeconds).toBe(true);
      expect(seconds * 1000 >= Math.min(waitMs, maxDelaySeconds * 1000)).toBe(true);
    }),
  );
});

const aDemand = fc
  .dictionary(fc.constantFrom("gmail", "microsoft", "yahoo"), fc.integer({ min: 1, max: 5 }), { minKeys: 1 })
  .map((counts) => new Map(Object.entries(counts)));
const aRoom = fc
  .dictionary(fc.constantFrom("gmail", "microsoft", "yahoo"), fc.nat(20))
  .map((room) => new Map(Object.entries(room)));

/** The messages that find room, in their order. */
const shareOut = (demands: readonly Demand[], room: Map<string, number>) =>
  demands.filter((demand) => takeRoom(demand, room).size === 0);

test("sharing out spends exactly what the taken messages address, and never more than there is", () => {
  fc.assert(
    fc.property(fc.array(aDemand), aRoom, (demands, room) => {
      const before = new Map(room);
      const taken = shareOut(demands, room);
      const spent = demandByProvider(taken.map((demand) => ({ demand })));
      for (const provider of ["gmail", "microsoft", "yahoo"]) {
        const left = room.get(provider) ?? 0;
        expect(left).toBeGreaterThanOrEqual(0);
        expect((before.get(provider) ?? 0) - left).toBe(spent.get(provider) ?? 0);
      }
    }),
  );
});

test("sharing out leaves no message behind that still fits, and keeps the order", () => {
  fc.assert(
    fc.property(fc.array(aDemand), aRoom, (demands, room) => {
      const taken = shareOut(demands, room);
      const left = demands.filter((demand) => !taken.includes(demand));
      const fits = (demand: ReadonlyMap<string, number>) =>
        [...demand].every(([provider, recipients]) => (room.get(provider) ?? 0) >= recipients);
      expect(left.filter(fits)).toEqual([]);
      expect(taken).toEqual(demands.filter((demand) => taken.includes(demand)));
    }),
  );
});

test("with room for all, sharing out takes all", () => {
  fc.assert(
    fc.property(fc.array(aDemand), (demands) => {
      const room = demandByProvider(demands.map((demand) => ({ demand })));
      expect(shareOut(demands, room)).toEqual(demands);
    }),
  );
});
