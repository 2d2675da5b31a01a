import { describe, expect, test } from "vitest";
import type { ConfigurationInput } from "../../shared/contracts/configuration.ts";
import { parseConfiguration } from "../../shared/contracts/parse-configuration.ts";
import { errorOf, written } from "../support/configuration.ts";

type Rule = NonNullable<ConfigurationInput["streams"][string]["poolRules"]>[number];

const gmail = { when: { providers: ["gmail"] }, pool: "news" };
/** Rules of a stream with the pool news. */
const ruled = (...poolRules: Rule[]) => ({ streams: { letter: { pool: "news", poolRules } } });

describe("pool rules that do not fit: path, value and what was expected", () => {
  test.each<[string, Partial<ConfigurationInput>, string]>([
    [
      "no condition",
      ruled({ when: {}, pool: "news" }),
      "letter.poolRules.0.when: {} expected at least one of from, providers, recipientDomains and tag",
    ],
    [
      "a condition without a value",
      ruled({ when: { providers: [] }, pool: "news" }),
      "letter.poolRules.0.when.providers: [] expected at least one value",
    ],
    [
      "no pool of the deployment",
      ruled({ ...gmail, pool: "nws" }),
      'streams.letter.poolRules.0.pool: "nws" is not a pool: expected one of news, shared',
    ],
    [
      "shared IPs that the stream forbids",
      { streams: { letter: { pool: "news", sharedAllowed: false, poolRules: [{ ...gmail, pool: "shared" }] } } },
      'streams.letter.poolRules.0.pool: "shared" leaves this mail no IPs at all: expected a pool, or sharedAllowed true',
    ],
    [
      "an unknown provider",
      ruled({ when: { providers: ["gmail", "gmial"] }, pool: "news" }),
      'streams.letter.poolRules.0.when.providers.1: "gmial" is not a mailbox provider: expected one of gmail, microsoft, yahoo, ...',
    ],
    [
      "a sender that the stream may not use",
      ruled({ when: { from: ["example.org"] }, pool: "news" }),
      'streams.letter.poolRules.0.when.from.0: "example.org" is of no identity that this stream may use: expected one of example.com',
    ],
    [
      "a recipient's address for its domain",
      ruled({ when: { recipientDomains: ["ann@example.org"] }, pool: "news" }),
      'streams.letter.poolRules.0.when.recipientDomains.0: "ann@example.org" expected a domain such as example.com',
    ],
    [
      "a tag of ses-warmup's own",
      ruled({ when: { tag: { name: "sw-route", values: ["warming"] } }, pool: "news" }),
      'streams.letter.poolRules.0.when.tag.name: "sw-route" expected a tag name',
    ],
    [
      "recipients that cannot be",
      ruled({ when: { providers: ["gmail"], recipientDomains: ["yahoo.com"] }, pool: "news" }),
      'streams.letter.poolRules.0.when.recipientDomains: ["yahoo.com"] can never hold, for none of these domains is at one of the providers',
    ],
    [
      "a rule behind one that takes all its mail",
      ruled(
        gmail,
        { when: { from: ["example.com"] }, pool: "news" },
        { when: { recipientDomains: ["gmail.com"] }, pool: "shared" },
      ),
      'streams.letter.poolRules.2.when: {"recipientDomains":["gmail.com"]} takes nothing, for rule 0 takes all its mail first: expected it before rule 0, or not at all',
    ],
    ["an unknown key", ruled(JSON.parse('{"when":{"to":["a"]},"pool":"news"}')), 'poolRules.0.when: unknown key "to"'],
  ])("%s", (_, changes, line) => {
    expect(errorOf(written(changes))).toContain(line);
  });

  test("a stream whose other mail has no IPs", () => {
    const streams = { letter: { sharedAllowed: false, poolRules: [gmail] } };
    expect(errorOf(written({ streams }))).toContain("leaves this stream no IPs at all: expected a pool");
  });

  test("but a provider of the deployment's own, and a sender that is part of an identity, do", () => {
    const rules = [{ when: { from: ["x@mail.example.com"], providers: ["corporate"] }, pool: "news" }];
    const mailboxProviders = { corporate: ["example.net"] };
    expect(() => parseConfiguration(written({ ...ruled(...rules), mailboxProviders }))).not.toThrow();
  });
});
