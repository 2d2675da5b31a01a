import fc from "fast-check";
import { expect, test } from "vitest";
import { parseSendMessage } from "../../shared/contracts/send-message.ts";
import { aSendMessage } from "../support/builders.ts";

const paths: readonly (readonly string[])[] = [
  ["version"],
  ["id"],
  ["stream"],
  ["engagement"],
  ["sendAfter"],
  ["sendBefore"],
  ["email"],
  ["email", "FromEmailAddress"],
  ["email", "Destination"],
  ["email", "Destination", "ToAddresses"],
  ["email", "Content"],
  ["email", "Content", "Simple"],
  ["email", "Content", "Simple", "Subject"],
  ["email", "Content", "Simple", "Subject", "Data"],
  ["email", "Content", "Simple", "Headers"],
  ["email", "EmailTags"],
];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** A well-formed message with another value at one place. */
function withValueAt(path: readonly string[], value: unknown): unknown {
  const message = structuredClone(aSendMessage());
  let place: Record<string, unknown> = message;
  for (const step of path.slice(0, -1)) {
    const next = place[step];
    if (isRecord(next)) place = next;
  }
  place[path.at(-1) ?? "version"] = value;
  return message;
}

test("no text makes the parser throw, and all that is malformed has a reason", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (body) => {
      const result = parseSendMessage(body);
      expect(result.kind === "good" || result.reason.sentence.length > 20).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test("no JSON makes the parser throw", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), (body) => {
      expect(["good", "malformed"]).toContain(parseSendMessage(body).kind);
    }),
    { numRuns: 2_000 },
  );
});

test("no value at any place of a message makes the parser throw or the prototype change", () => {
  const keys = Reflect.ownKeys(Object.prototype).length;
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
      expect(["good", "malformed"]).toContain(parseSendMessage(JSON.stringify(withValueAt(path, value))).kind);
      expect(Reflect.ownKeys(Object.prototype)).toHaveLength(keys);
    }),
    { numRuns: 2_000 },
  );
});

test("the reason of a malformed message can be kept: one line of text that SQS takes as an attribute", () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
  const refusedBySqs = /[\u0000-\u0008\u000a-\u001f\ufffe\uffff]/;
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1 }), (key) => {
      const result = parseSendMessage(JSON.stringify({ ...aSendMessage(), [`x${key}`]: 1 }));
      expect(result.kind === "malformed" && refusedBySqs.test(result.reason.sentence)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test("no control character comes out of a well-formed message's header, name or address", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", " ", "<", ">", "@", ".", '"', ",", "\r", "\n", "\u0000", "\u2028"),
  });
  fc.assert(
    fc.property(text, text, (name, value) => {
      const email = {
        FromEmailAddress: `${name}<news@example.com>`,
        Content: {
          Simple: { Subject: { Data: value }, Body: {}, Headers: [{ Name: "X-Ref", Value: value }] },
        },
      };
      const result = parseSendMessage(JSON.stringify(aSendMessage({ email })));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
      expect(result.kind === "good" && /[\u0000\r\n\u2028]/.test(name + value)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test("times of a well-formed message are finite epoch ms", () => {
  const twoDigits = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, "0"));
  const instant = fc
    .tuple(twoDigits, twoDigits, twoDigits, twoDigits, twoDigits)
    .map(([month, day, hour, minute, second]) => `2026-${month}-${day}T${hour}:${minute}:${second}Z`);
  fc.assert(
    fc.property(instant, (sendAfter) => {
      const result = parseSendMessage(JSON.stringify(aSendMessage({ sendAfter })));
      expect(result.kind === "malformed" || Number.isFinite(result.message.sendAfter)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
