import { expect, test } from "vitest";
import { durationWords } from "../../shared/domain/duration-words.ts";

test.each([
  [0, "0 seconds"],
  [1_000, "1 second"],
  [119_000, "119 seconds"],
  [360_000, "6 minutes"],
  [5_400_000, "90 minutes"],
  [129_600_000, "36 hours"],
  [3_456_000_000, "40 days"],
])("%d ms are %s", (ms, words) => {
  expect(durationWords(ms)).toBe(words);
});
