import { describe, expect, test } from "vitest";
import { poolNamesOf, streamByPool, streamFor } from "../../shared/domain/routing/choose-pool.ts";
import { covers } from "../../shared/domain/routing/identity.ts";
import { providerDirectory } from "../../shared/domain/routing/mailbox-provider.ts";
import { meets, type PoolConditions, type PoolRule, type RuledMail } from "../../shared/domain/routing/pool-rule.ts";
import { takesAllOf } from "../../shared/domain/routing/rule-scope.ts";
import { aStream } from "../support/builders.ts";

const directory = providerDirectory();

/** A mail of news@example.com. */
function mailTo(domains: readonly string[], changes: Partial<RuledMail> = {}): RuledMail {
  const providers = new Set(domains.map((domain) => directory.of(domain)));
  return { from: "news@example.com", domains: new Set(domains), providers, tags: [], ...changes };
}

const toGmail = mailTo(["gmail.com"]);
const tagged = (name: string, value: string) => mailTo(["gmail.com"], { tags: [{ name, value }] });
const set = (...values: string[]) => new Set(values);

describe("a pool rule asks for (guide row 10)", () => {
  test.each<[string, PoolConditions, RuledMail]>([
    ["a sender's domain", { from: ["example.com"] }, toGmail],
    [
      "a sender's domain, its sub-domains with it",
      { from: ["example.com"] },
      mailTo(["gmail.com"], { from: "news@mail.example.com" }),
    ],
    ["one address, in any casing", { from: ["News@Example.com"] }, toGmail],
    ["any of several senders", { from: ["example.org", "example.com"] }, toGmail],
    ["a recipient's provider", { providers: set("gmail", "yahoo") }, toGmail],
    ["several recipients' providers", { providers: set("gmail", "yahoo") }, mailTo(["gmail.com", "yahoo.com"])],
    ["domains that no provider is known for", { providers: set("other") }, mailTo(["example.org"])],
    ["a recipient's domain", { recipientDomains: set("example.org") }, mailTo(["example.org"])],
    ["a tag with one of some values", { tag: { name: "kind", values: set("a", "b") } }, tagged("kind", "b")],
    ["several things, and all of them hold", { from: ["example.com"], providers: set("gmail") }, toGmail],
  ])("%s", (_, when, mail) => {
    expect(meets(mail, when)).toBe(true);
  });

  test.each<[string, PoolConditions, RuledMail]>([
    ["another sender", { from: ["example.org", "sales@example.com"] }, toGmail],
    ["a domain that only ends like the sender's", { from: ["ample.com"] }, toGmail],
    ["another provider", { providers: set("yahoo") }, toGmail],
    ["one provider of two", { providers: set("gmail") }, mailTo(["gmail.com", "yahoo.com"])],
    ["one domain of two", { recipientDomains: set("gmail.com") }, mailTo(["gmail.com", "googlemail.com"])],
    ["a domain above the recipient's", { recipientDomains: set("example.org") }, mailTo(["mail.example.org"])],
    ["another value of a tag", { tag: { name: "kind", values: set("a") } }, tagged("kind", "b")],
    ["a value in other casing", { tag: { name: "kind", values: set("a") } }, tagged("kind", "A")],
    ["another tag", { tag: { name: "kind", values: set("a") } }, tagged("list", "a")],
    ["a tag that is not there", { tag: { name: "kind", values: set("a") } }, toGmail],
    ["several things, and one does not hold", { from: ["example.com"], providers: set("yahoo") }, toGmail],
  ])("and does not take mail for %s", (_, when, mail) => {
    expect(meets(mail, when)).toBe(false);
  });
});

describe("the pool of a message", () => {
  const rules: readonly PoolRule[] = [
    { when: { tag: { name: "kind", values: set("digest") } }, pool: "digest" },
    { when: { providers: set("gmail") }, pool: "gmail" },
    { when: { providers: set("other") }, pool: undefined },
  ];
  const stream = aStream({ poolRules: rules });

  test("is that of the first rule that holds", () => {
    expect(streamFor(stream, tagged("kind", "digest")).pool).toBe("digest");
    expect(streamFor(stream, toGmail).pool).toBe("gmail");
  });

  test("is the stream's own where no rule holds, and one for recipients at several providers", () => {
    expect(streamFor(stream, mailTo(["yahoo.com"])).pool).toBe("news");
    expect(streamFor(stream, mailTo(["gmail.com", "yahoo.com"])).pool).toBe("news");
  });

  test("is none where a rule keeps providers of low volume on shared IPs (guide row 3)", () => {
    expect(streamFor(stream, mailTo(["example.org"])).pool).toBeUndefined();
  });

  test("is the stream's own where there are no rules", () => {
    const plain = aStream();
    expect(streamFor(plain, toGmail)).toBe(plain);
  });

  test("changes nothing else of the stream", () => {
    expect(streamFor(stream, toGmail)).toEqual({ ...stream, pool: "gmail" });
  });

  test("is one of those that the stream is shown with, its own first", () => {
    expect(poolNamesOf(stream)).toEqual(["news", "digest", "gmail", "shared"]);
    expect(poolNamesOf(aStream({ pool: undefined }))).toEqual(["shared"]);
    expect(streamByPool(aStream({ poolRules: [{ when: {}, pool: "news" }] }))).toHaveLength(1);
  });
});

describe("a rule takes all that a later one could", () => {
  test.each<[string, PoolConditions, PoolConditions, boolean]>([
    ["when both ask the same", { providers: set("gmail") }, { providers: set("gmail") }, true],
    [
      "when the later asks for more",
      { providers: set("gmail") },
      { providers: set("gmail"), from: ["a.example"] },
      true,
    ],
    ["when the later has fewer values", { providers: set("gmail", "yahoo") }, { providers: set("yahoo") }, true],
    ["when its domain stands for the later's address", { from: ["a.example"] }, { from: ["x@mail.a.example"] }, true],
    [
      "when the later's domains are at its providers",
      { providers: set("gmail") },
      { recipientDomains: set("gmail.com") },
      true,
    ],
    ["but not when the later asks for other things", { providers: set("gmail") }, { from: ["a.example"] }, false],
    [
      "but not when the later has more values",
      { providers: set("yahoo") },
      { providers: set("gmail", "yahoo") },
      false,
    ],
    [
      "but not when its address is one of the later's domain",
      { from: ["x@a.example"] },
      { from: ["a.example"] },
      false,
    ],
    [
      "but not when a domain of the later is elsewhere",
      { providers: set("gmail") },
      { recipientDomains: set("gmail.com", "a.example") },
      false,
    ],
    [
      "but not when it asks for a domain of the later's provider",
      { recipientDomains: set("gmail.com") },
      { providers: set("gmail") },
      false,
    ],
    [
      "when the later has a tag's value of its own",
      { tag: { name: "k", values: set("a", "b") } },
      { tag: { name: "k", values: set("a") } },
      true,
    ],
    [
      "but not when the tag is another",
      { tag: { name: "k", values: set("a") } },
      { tag: { name: "l", values: set("a") } },
      false,
    ],
  ])("%s", (_, earlier, later, expected) => {
    expect(takesAllOf(earlier, later, directory)).toBe(expected);
  });
});

test("an identity stands for itself; a domain for its addresses and sub-domains", () => {
  expect(covers("example.com", "News@Mail.Example.com")).toBe(true);
  expect(covers("example.com", "mail.example.com")).toBe(true);
  expect(covers("example.com", "badexample.com")).toBe(false);
  expect(covers("news@example.com", "NEWS@example.com")).toBe(true);
  expect(covers("news@example.com", "example.com")).toBe(false);
});
