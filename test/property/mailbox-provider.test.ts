import fc from "fast-check";
import { expect, test } from "vitest";
import { otherProvider, providerDirectory } from "../../shared/domain/routing/mailbox-provider.ts";
import { mailboxProviderDomains } from "../../shared/domain/routing/mailbox-provider-domains.ts";

const directory = providerDirectory();
const listing = mailboxProviderDomains.flatMap(({ provider, domains }) =>
  domains.map((domain) => ({ provider, domain })),
);
const listedDomains = new Set(listing.map(({ domain }) => domain));
const aListing = fc.constantFrom(...listing);
const aLabel = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/);
const aDomain = fc.tuple(aLabel, aLabel).map(([label, suffix]) => `${label}.${suffix}`);
/** Names that every object inherits: traps for a look-up in a plain object. */
const inherited = fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty", "valueOf");

const recased = (text: string, upper: readonly boolean[]) =>
  [...text].map((letter, at) => (upper[at % upper.length] ? letter.toUpperCase() : letter)).join("");

test("a listed domain has its provider in any casing, with or without a trailing dot", () => {
  fc.assert(
    fc.property(aListing, fc.array(fc.boolean(), { minLength: 1 }), fc.boolean(), (listed, upper, dot) => {
      expect(directory.of(recased(listed.domain, upper) + (dot ? "." : ""))).toBe(listed.provider);
    }),
  );
});

test("casing and a trailing dot change no answer, whatever the domain", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        aDomain,
        aListing.map(({ domain }) => domain),
      ),
      (domain) => {
        expect(directory.of(`${domain.toUpperCase()}.`)).toBe(directory.of(domain));
      },
    ),
  );
});

test("a sub-domain of a listed domain is other unless it is listed itself", () => {
  fc.assert(
    fc.property(aListing, aLabel, ({ domain }, label) => {
      const below = `${label}.${domain}`;
      fc.pre(!listedDomains.has(below));
      expect(directory.of(below)).toBe(otherProvider);
    }),
  );
});

test("a listed domain with something glued to its front is other unless that is listed itself", () => {
  fc.assert(
    fc.property(aListing, aLabel, ({ domain }, label) => {
      const longer = label + domain;
      fc.pre(!listedDomains.has(longer));
      expect(directory.of(longer)).toBe(otherProvider);
    }),
  );
});

test("a listed domain in front of a stranger's is other", () => {
  fc.assert(
    fc.property(aListing, aDomain, ({ domain }, stranger) => {
      expect(directory.of(`${domain}.${stranger}`)).toBe(otherProvider);
    }),
  );
});

test("a domain cut short is other unless what is left is listed itself", () => {
  fc.assert(
    fc.property(aListing, fc.nat(), ({ domain }, cut) => {
      const shorter = domain.slice(0, cut % domain.length);
      fc.pre(!listedDomains.has(shorter.replace(/\.$/, "")));
      expect(directory.of(shorter)).toBe(otherProvider);
    }),
  );
});

test("an added domain goes to the provider it was added to, listed before or not; the others stay", () => {
  const anyDomain = fc.oneof(
    aDomain,
    inherited,
    aListing.map(({ domain }) => domain),
  );
  fc.assert(
    fc.property(anyDomain, aListing, aLabel, (added, bystander, provider) => {
      const own = providerDirectory({ [provider]: [added.toUpperCase()] });
      expect(own.of(added)).toBe(provider);
      expect(own.names).toContain(provider);
      if (bystander.domain !== added) expect(own.of(bystander.domain)).toBe(bystander.provider);
    }),
  );
});

test("every string has an answer, and the answer is one of the names", () => {
  const names = new Set(directory.names);
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), inherited, aDomain), (anything) => {
      expect(names.has(directory.of(anything))).toBe(true);
    }),
  );
});
