import { afterEach, describe, expect, test } from "vitest";
import { parseSendMessage } from "../../shared/contracts/send-message.ts";
import { aSendMessage } from "../support/builders.ts";

const inMessage = (member: string) => JSON.stringify(aSendMessage()).replace(/^\{/, `{${member},`);
const reasonFor = (body: string) => {
  const result = parseSendMessage(body);
  return result.kind === "malformed" ? result.reason : undefined;
};

describe("keys that reach for the prototype", () => {
  const before = JSON.stringify(Reflect.ownKeys(Object.prototype).map(String));
  afterEach(() => {
    expect(JSON.stringify(Reflect.ownKeys(Object.prototype).map(String))).toBe(before);
    expect(Object.hasOwn({}, "polluted")).toBe(false);
  });

  test.each([
    '"__proto__":{"polluted":true}',
    '"constructor":{"prototype":{"polluted":true}}',
    '"engagement":{"__proto__":{"polluted":true}}',
    '"x":[{"__proto__":{"polluted":true}}]',
  ])("%s is refused by its name, and the prototype stays as it was", (member) => {
    expect(reasonFor(inMessage(member))).toMatchObject({
      code: "forbidden-key",
      sentence: expect.stringMatching(/has the key "(__proto__|constructor)", which is never allowed: remove it/),
    });
  });
});

describe("nesting", () => {
  test.each([
    ["lists", "[".repeat(10_000) + "]".repeat(10_000)],
    ["objects", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`],
  ])("10,000 levels of %s are refused without exhausting the stack", (_, body) => {
    expect(reasonFor(body)?.code).toBe("too-deep");
  });

  test("500,000 levels, the most a body of 1 MiB can have, are refused", () => {
    expect(reasonFor("[".repeat(500_000) + "]".repeat(500_000))).toBeDefined();
  });

  test("what an SES request needs is well within the limit", () => {
    expect(reasonFor(JSON.stringify(aSendMessage()))).toBeUndefined();
  });
});

describe("sentences", () => {
  test("quote no value: it may be an address or a body", () => {
    const written = aSendMessage({ to: ["secret person"], stream: 5, sendAfter: "secret time" });
    expect(reasonFor(JSON.stringify(written))?.sentence).not.toContain("secret");
  });

  test.each([
    ["control characters", "a\u0000b\nc"],
    ["a line separator", "a\u2028b"],
  ])("are one line of text although an unknown key has %s", (_, key) => {
    const sentence = reasonFor(inMessage(`${JSON.stringify(key)}:1`))?.sentence;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
    expect(sentence).not.toMatch(/[\u0000-\u001f\u2028\u2029]/);
  });

  test("stay short although an unknown key is long", () => {
    expect(reasonFor(inMessage(`"${"k".repeat(100_000)}":1`))?.sentence.length).toBeLessThan(2_000);
  });

  test("stay short although unknown keys are many", () => {
    const many = Array.from({ length: 5_000 }, (_, index) => `"key${index}":1`).join(",");
    expect(reasonFor(inMessage(many))?.sentence.length).toBeLessThan(2_000);
  });
});

describe("one message cannot keep the others waiting", () => {
  // Each body is far below the limit of 1 MiB; a scan that grows with the square of the length would take many seconds.
  const long = 60_000;
  test.each([
    ["blanks inside a name", `a${" ".repeat(long)}a`],
    ["blanks and tabs inside a name", `a${" \t".repeat(long / 2)}a`],
    ["quotes in a name", `"${'\\"'.repeat(long / 2)}`],
    ["dots in an address", `${"a.".repeat(long / 2)}@`],
    ["labels in a domain", `a@${"a.".repeat(long / 2)}`],
    ["hyphens in a domain", `a@a${"-".repeat(long)}`],
  ])("with %s", (_, FromEmailAddress) => {
    const body = JSON.stringify(aSendMessage({ email: { FromEmailAddress } }));
    const startMs = performance.now();
    expect(reasonFor(body)?.code).toBe("not-a-send-message");
    expect(performance.now() - startMs).toBeLessThan(1_000);
  });

  // Raw mail is most of a large body.
  const longest = 600_000;
  test.each([
    ["colons", `From: ${":".repeat(longest)}`],
    ["quotes", `From: ${'"'.repeat(longest)}`],
    ["escaped quotes", `From: "${'\\"'.repeat(longest / 2)}`],
    ["comments that nothing closes", `From: ${"(".repeat(longest)}`],
    ["empty headers", "Bcc:\n".repeat(longest / 5)],
    ["headers for SES", Array.from({ length: longest / 12 }, (_, n) => `x-ses-${n}:`).join("\n")],
    ["lines of blanks", `a:b\n${" \n".repeat(longest / 2)}`],
    ["blanks in a header", `a:${" ".repeat(longest)}x`],
    ["lines that go on", `From: a\n${" a\n".repeat(longest / 3)}`],
    ["recipients", `From: a@example.com\nTo: ${"a@gmail.com,".repeat(longest / 12)}`],
    ["senders", `From: ${"a@gmail.com,".repeat(longest / 12)}`],
    ["tags", `From: a@example.com\nX-SES-MESSAGE-TAGS: ${"a=b,".repeat(longest / 4)}`],
    ["groups", `From: ${"a:b,".repeat(longest / 4)}`],
    ["Bcc headers that go on", `From: a@example.com\n${"Bcc: a@gmail.com,\n b@gmail.com\n".repeat(longest / 33)}`],
  ])("with raw mail full of %s", (_, headers) => {
    const Data = Buffer.from(`${headers}\n\nHi`).toString("base64");
    const email = { FromEmailAddress: undefined, Destination: undefined, Content: { Raw: { Data } } };
    const body = JSON.stringify(aSendMessage({ email }));
    const startMs = performance.now();
    expect(reasonFor(body)?.sentence.length).toBeLessThan(2_000);
    expect(performance.now() - startMs).toBeLessThan(3_000);
  });
});
