import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Circuit, circuitAt, circuitOver, type OpenCircuits } from "../../shared/domain/sending/circuit.ts";
import {
  account,
  type CircuitScope,
  scopeFields,
  scopeOfText,
  scopeText,
  setScope as set,
} from "../../shared/domain/sending/circuit-scope.ts";
import { noonMs } from "../support/builders.ts";

const open = (...scopes: CircuitScope[]): OpenCircuits =>
  new Map(scopes.map((scope) => [scopeText(scope), circuitAt(scope, "ses-paused", noonMs)]));
const tenant = (name: string): CircuitScope => ({ kind: "tenant", name });
const identity = (name: string): CircuitScope => ({ kind: "identity", name });

const mail = { from: "News@Mail.example.com", tenant: "acme" };
const over = (circuits: OpenCircuits, named = mail): Circuit["scope"] | undefined =>
  circuitOver(circuits, named, "news-warming")?.scope;

describe("the circuit over a mail", () => {
  test.each([
    ["the account", account],
    ["its configuration set", set("news-warming")],
    ["its tenant", tenant("acme")],
    ["its From address", identity("news@mail.example.com")],
    ["the domain of its From address", identity("mail.example.com")],
  ])("is one of %s", (_, scope) => {
    expect(over(open(scope))).toEqual(scope);
  });

  test.each([
    ["another configuration set", set("news-established")],
    ["another tenant", tenant("acme-2")],
    ["a set that is named as its tenant", set("acme")],
    ["a tenant that is named as its set", tenant("news-warming")],
    ["another address at its domain", identity("letters@mail.example.com")],
    ["a domain above its own, which SES may have verified apart", identity("example.com")],
  ])("is none of %s", (_, scope) => {
    expect(over(open(scope))).toBeUndefined();
  });

  test("is the account's before any other", () => {
    expect(over(open(set("news-warming"), account, tenant("acme")))).toEqual(account);
  });

  test("of mail of which only the route is known, as of held mail, is the account's or the set's", () => {
    const circuits = open(tenant("acme"), identity("mail.example.com"));
    expect(circuitOver(circuits, {}, "news-warming")).toBeUndefined();
    expect(circuitOver(open(set("news-warming")), {}, "news-warming")?.scope).toEqual(set("news-warming"));
  });
});

describe("the text of a scope", () => {
  test("is what records of earlier versions hold", () => {
    expect([scopeOfText("*"), scopeOfText("news-warming")]).toEqual([account, set("news-warming")]);
    expect([scopeText(account), scopeText(set("news-warming"))]).toEqual(["*", "news-warming"]);
  });

  test("stands for one scope, whatever names a tenant has", () => {
    const name = fc.string({ minLength: 1, maxLength: 64 });
    const scopes = fc.oneof(
      fc.constant(account),
      fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/).map(set),
      name.map(tenant),
      name.map(identity),
    );
    fc.assert(fc.property(scopes, (scope) => void expect(scopeOfText(scopeText(scope))).toEqual(scope)));
  });
});

test("a log line names a set or a tenant, never an address", () => {
  expect(scopeFields(set("shared"))).toEqual({ scope: "configuration-set", name: "shared" });
  expect(scopeFields(tenant("acme"))).toEqual({ scope: "tenant", name: "acme" });
  expect(scopeFields(identity("ann@example.com"))).toEqual({ scope: "identity" });
});
