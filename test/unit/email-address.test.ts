import { describe, expect, test } from "vitest";
import { parseSendMessage } from "../../shared/contracts/send-message.ts";
import { aSendMessage, parsed } from "../support/builders.ts";

const sentenceFor = (written: unknown) => {
  const result = parseSendMessage(JSON.stringify(written));
  if (result.kind === "good") throw new Error("expected a malformed message");
  return result.reason.sentence;
};

describe("an address", () => {
  test.each([
    '"ann..lee"@docomo.ne.jp',
    '"ann."@ezweb.ne.jp',
    '".ann"@docomo.ne.jp',
    '"ann lee"@example.org',
    '"ann"@example.org',
  ])("takes a local part in quotes: %s", (to) => {
    expect(parsed(aSendMessage({ to: [to] })).email.Destination.ToAddresses).toEqual([to]);
  });

  test.each(["ann..lee@docomo.ne.jp", "ann.@docomo.ne.jp", "Ann <.ann@docomo.ne.jp>"])(
    "dots that need quotes: %s",
    (to) => {
      const sentence = sentenceFor(aSendMessage({ to: [to] }));
      expect(sentence).toMatch(/dots in a row or at an end before the @: write that part in quotes/);
      expect(sentence).not.toContain("docomo");
    },
  );

  test.each([
    "ann@bücher.example",
    "jürgen@example.org",
    "a@gmail.com, b@gmail.com",
    "a@gmail.com b@gmail.com",
    "Ann <a@gmail.com>, Bob <b@gmail.com>",
    "Team: a@gmail.com;",
    '"a@gmail.com,b"@web.de',
    '"a\\"b"@web.de',
    "a@gmail.com (Ann)",
    "a@localhost",
    "a@[127.0.0.1]",
    "<>",
    "",
  ])("a recipient that is not one address: %s", (to) => {
    expect(sentenceFor(aSendMessage({ to: [to] }))).toMatch(
      /ToAddresses\.0: is not one address: expected name@example\.com/,
    );
  });
});
