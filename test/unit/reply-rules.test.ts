import { describe, expect, test } from "vitest";
import { replyLabels } from "../../shared/domain/feedback/reply/label.ts";
import { replyRules, rulesVersion } from "../../shared/domain/feedback/reply/rules.ts";
import { mailboxProviderDomains } from "../../shared/domain/routing/mailbox-provider-domains.ts";

const doubled = (all: readonly string[]) => all.filter((each, at) => all.indexOf(each) !== at);

describe("the rules of the reply classification", () => {
  test("have a version", () => {
    expect(rulesVersion).toMatch(/^\d{4}-\d{2}-\d+$/);
  });

  test("have names of their own that no SES word and no fallback uses", () => {
    const ids = replyRules.map(({ id }) => id);
    expect(doubled(ids)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))).toEqual([]);
    expect(ids.filter((id) => /^(fallback|ses)-/.test(id) && id !== "ses-list")).toEqual([]);
  });

  test("say where their meaning is published", () => {
    const without = replyRules.filter(
      ({ source }) => !/^https?:\/\/|^RFC \d|^SES developer guide|wording/.test(source),
    );
    expect(without).toEqual([]);
  });

  test("give a known label", () => {
    expect(replyRules.filter(({ label }) => !replyLabels.includes(label))).toEqual([]);
  });

  test("name mailbox providers that the directory knows", () => {
    const known = new Set(mailboxProviderDomains.map(({ provider }) => provider));
    const unknown = replyRules.flatMap(({ receivers = [] }) => receivers.filter((each) => !known.has(each)));
    expect(unknown).toEqual([]);
  });

  test("repeat no pattern", () => {
    expect(doubled(replyRules.flatMap(({ part, patterns }) => patterns.map((each) => `${part} ${each}`)))).toEqual([]);
  });

  test("have patterns that compile, match something, and are in lower case like the parts they look at", () => {
    for (const { patterns, status } of replyRules) {
      expect(patterns.length).toBeGreaterThan(0);
      for (const pattern of [...patterns, ...(status === undefined ? [] : [status])]) {
        expect(new RegExp(pattern).test(""), pattern).toBe(false);
        expect(pattern.replace(/\\[A-Z]/g, "")).not.toMatch(/[A-ZÀ-Þ]/);
      }
    }
  });

  test("repeat nothing without an upper bound: matching takes linear time", () => {
    const unbounded = /(?<!\\)[*+](?!\])|\{\d+,\}/;
    const found = replyRules.flatMap(({ patterns }) => patterns.filter((each) => unbounded.test(each)));
    expect(found).toEqual([]);
  });
});
