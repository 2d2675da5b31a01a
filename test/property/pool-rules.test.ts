import fc from "fast-check";
import { expect, test } from "vitest";
import { poolNamesOf, streamFor } from "../../shared/domain/routing/choose-pool.ts";
import { providerDirectory } from "../../shared/domain/routing/mailbox-provider.ts";
import { meets, type PoolConditions, type RuledMail } from "../../shared/domain/routing/pool-rule.ts";
import { sharedRouteName } from "../../shared/domain/routing/route.ts";
import { canBeMet, takesAllOf } from "../../shared/domain/routing/rule-scope.ts";
import { aStream } from "../support/builders.ts";

const directory = providerDirectory();
const domains = ["gmail.com", "googlemail.com", "yahoo.com", "example.org", "mail.example.org"];
const providers = ["gmail", "yahoo", "other"];
const senders = ["a@example.com", "b@example.com", "a@mail.example.com", "a@example.net"];

const someOf = (values: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: values.length });
const setOf = (values: readonly string[]) => someOf(values).map((chosen) => new Set(chosen));
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const someTag = fc.record({ name: fc.constantFrom("kind", "list"), value: fc.constantFrom("x", "y") });

const someMail = fc.record({ from: fc.constantFrom(...senders), to: someOf(domains), tags: fc.array(someTag) }).map(
  ({ from, to, tags }): RuledMail => ({
    from,
    tags,
    domains: new Set(to),
    providers: new Set(to.map((domain) => directory.of(domain))),
  }),
);

const someConditions: fc.Arbitrary<PoolConditions> = fc.record({
  from: maybe(someOf(["example.com", "mail.example.com", "a@example.com", "example.net"])),
  providers: maybe(setOf(providers)),
  recipientDomains: maybe(setOf(domains)),
  tag: maybe(fc.record({ name: fc.constantFrom("kind", "list"), values: setOf(["x", "y"]) })),
});

const somePool = fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined });
const someStream = fc
  .record({
    pool: somePool,
    poolRules: fc.array(fc.record({ when: someConditions, pool: somePool }), { maxLength: 5 }),
  })
  .map((changes) => aStream(changes));

const runs = { numRuns: 5_000 };

test("the first rule that holds decides, else the stream", () => {
  fc.assert(
    fc.property(someStream, someMail, (stream, mail) => {
      const { pool } = streamFor(stream, mail);
      const index = stream.poolRules.findIndex(({ when }) => meets(mail, when));
      expect(pool).toBe(index === -1 ? stream.pool : stream.poolRules[index]?.pool);
      expect(stream.poolRules.slice(0, Math.max(index, 0)).every(({ when }) => !meets(mail, when))).toBe(true);
    }),
    runs,
  );
});

test("no mail gets a pool that the stream does not name", () => {
  fc.assert(
    fc.property(someStream, someMail, (stream, mail) => {
      expect(poolNamesOf(stream)).toContain(streamFor(stream, mail).pool ?? sharedRouteName);
    }),
    runs,
  );
});

test("no rule for recipients takes mail that has one recipient elsewhere", () => {
  fc.assert(
    fc.property(someConditions, someMail, (when, mail) => {
      if (!meets(mail, when)) return;
      for (const domain of mail.domains) {
        if (when.recipientDomains !== undefined) expect(when.recipientDomains).toContain(domain);
        if (when.providers !== undefined) expect(when.providers).toContain(directory.of(domain));
      }
    }),
    runs,
  );
});

test("a recipient more never makes a rule hold for mail that it did not hold for", () => {
  fc.assert(
    fc.property(someConditions, someMail, fc.constantFrom(...domains), (when, mail, domain) => {
      const wider = {
        ...mail,
        domains: new Set([...mail.domains, domain]),
        providers: new Set([...mail.providers, directory.of(domain)]),
      };
      if (meets(wider, when)) expect(meets(mail, when)).toBe(true);
    }),
    runs,
  );
});

test("a rule that is told to be never asked takes nothing behind the one before it", () => {
  fc.assert(
    fc.property(someConditions, someConditions, someMail, (earlier, later, mail) => {
      if (takesAllOf(earlier, later, directory) && meets(mail, later)) expect(meets(mail, earlier)).toBe(true);
    }),
    { numRuns: 20_000 },
  );
});

test("a rule that is told to never hold holds for no mail", () => {
  fc.assert(
    fc.property(someConditions, someMail, (when, mail) => {
      if (!canBeMet(when, directory)) expect(meets(mail, when)).toBe(false);
    }),
    runs,
  );
});
