import { describe, expect, test } from "vitest";
import {
  mailboxProviderGroup,
  mailboxProviderKey,
  otherProvider,
  providerDirectory,
} from "../../shared/domain/routing/mailbox-provider.ts";
import { mailboxProviderDomains } from "../../shared/domain/routing/mailbox-provider-domains.ts";

const directory = providerDirectory();
const allDomains = mailboxProviderDomains.flatMap(({ domains }) => domains);
const repeated = (values: readonly string[]) => values.filter((value, at) => values.indexOf(value) !== at);

describe("the mailbox-provider table", () => {
  test("knows the providers that matter and their domains", () => {
    expect(mailboxProviderDomains.length).toBeGreaterThanOrEqual(30);
    expect(allDomains.length).toBeGreaterThanOrEqual(300);
  });

  test("gives each domain to one provider", () => {
    expect(repeated(allDomains)).toEqual([]);
  });

  test("has each provider once, with at least one domain, and leaves `other` to the rest of the world", () => {
    const providers = mailboxProviderDomains.map(({ provider }) => provider);
    expect(repeated(providers)).toEqual([]);
    expect(providers).not.toContain(otherProvider);
    expect(mailboxProviderDomains.filter(({ domains }) => domains.length === 0)).toEqual([]);
  });

  test("holds lower-case domain names only", () => {
    const domainName = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
    expect(allDomains.filter((domain) => !domainName.test(domain))).toEqual([]);
  });

  test("names providers by keys that serve as SES tag values", () => {
    expect(directory.names.filter((name) => !mailboxProviderKey.test(name))).toEqual([]);
  });
});

describe("a provider group", () => {
  // Moved to another, a provider begins its day anew, and may send its allowance twice.
  test.each([
    ["worldwide", "gmail microsoft yahoo apple proton zoho tuta hey other"],
    ["united-states", "att comcast charter centurylink earthlink optimum windstream united-online"],
    ["canada", "bell-canada shaw telus videotron cogeco hushmail"],
    ["latin-america", "uol terra globo ig"],
    ["german-speaking", "united-internet t-online freenet vodafone-de posteo mailbox-org a1 swisscom"],
    ["western-europe", "orange laposte free sfr bouygues ziggo kpn telenet proximus"],
    ["southern-europe", "italiaonline tim tiscali fastweb movistar sapo"],
    ["northern-europe", "bt virgin-media talktalk eir telia telenor runbox"],
    ["central-europe", "seznam centrum wp onet interia freemail-hu"],
    ["eastern-europe", "mail-ru yandex rambler ukr-net abv inbox-lv"],
    ["japan", "yahoo-japan docomo au softbank nifty ocn biglobe"],
    ["china", "qq netease sina sohu aliyun china-mobile china-telecom netvigator"],
    ["korea", "naver kakao nate"],
    ["asia-pacific", "rediffmail telstra optus messaging-company spark-nz fastmail"],
  ])("%s keeps its providers", (group, providers) => {
    expect(directory.names.filter((name) => mailboxProviderGroup(name) === group)).toEqual(
      expect.arrayContaining(providers.split(" ")),
    );
  });

  test("has ten providers at most", () => {
    const sizes = [...Map.groupBy(directory.names, mailboxProviderGroup).values()].map((names) => names.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(10);
  });

  test("of their own have the providers that a deployment adds", () => {
    expect(mailboxProviderGroup("corporate")).toBe("own");
  });
});

describe("a recipient domain belongs to the provider that receives its mail", () => {
  test.each([
    ["gmail", "gmail.com googlemail.com"],
    ["microsoft", "hotmail.com outlook.com live.com msn.com passport.com hotmail.co.uk outlook.com.br live.nl"],
    ["yahoo", "yahoo.com yahoo.de yahoo.co.uk yahoo.com.br ymail.com rocketmail.com myyahoo.com"],
    ["apple", "icloud.com me.com mac.com"],
    ["att", "att.net sbcglobal.net bellsouth.net"],
    ["comcast", "comcast.net xfinity.com"],
    ["charter", "charter.net spectrum.net tampabay.rr.com"],
    ["united-internet", "gmx.de gmx.net gmx.ch gmx.co.uk web.de mail.com 1und1.de ionos.de"],
    ["t-online", "t-online.de magenta.de"],
    ["orange", "orange.fr wanadoo.fr voila.fr"],
    ["free", "free.fr aliceadsl.fr"],
    ["sfr", "sfr.fr neuf.fr club-internet.fr"],
    ["italiaonline", "libero.it virgilio.it inwind.it iol.it blu.it"],
    ["tim", "tim.it alice.it tin.it"],
    ["bt", "btinternet.com"],
    ["virgin-media", "virginmedia.com ntlworld.com"],
    ["proximus", "skynet.be proximus.be"],
    ["mail-ru", "mail.ru inbox.ru list.ru bk.ru internet.ru"],
    ["yandex", "yandex.ru yandex.com yandex.kz ya.ru"],
    ["seznam", "seznam.cz email.cz post.cz"],
    ["wp", "wp.pl o2.pl tlen.pl"],
    ["onet", "onet.pl op.pl"],
    ["qq", "qq.com foxmail.com"],
    ["netease", "163.com 126.com yeah.net 188.com"],
    ["kakao", "daum.net hanmail.net kakao.com"],
    ["uol", "uol.com.br bol.com.br"],
    ["telstra", "bigpond.com"],
  ])("%s: %s", (provider, domains) => {
    const found = domains.split(" ").map((domain) => [domain, directory.of(domain)]);
    expect(found).toEqual(domains.split(" ").map((domain) => [domain, provider]));
  });

  test("brands that Yahoo receives for are yahoo, whoever's name is on them", () => {
    const brands = ["aol.com", "aim.com", "verizon.net", "cox.net", "rogers.com", "sky.com", "frontier.com"];
    expect(brands.map((domain) => directory.of(domain))).toEqual(brands.map(() => "yahoo"));
  });

  test("Yahoo! Japan is another company than Yahoo", () => {
    expect(directory.of("yahoo.co.jp")).toBe("yahoo-japan");
  });

  test.each([
    ["a name that ends like a listed one", "notgmail.com"],
    ["a listed name in front of a stranger's", "gmail.com.evil.example"],
    ["a brand under a suffix where the provider receives nothing", "yahoo.example"],
    ["a brand under a second-level suffix that does not exist", "hotmail.co.de"],
    ["a sub-domain that is not listed", "mail.gmail.com"],
    ["a brand without a suffix", "gmail"],
    ["a suffix without a brand", "co.uk"],
    ["an address instead of a domain", "someone@gmail.com"],
    ["two trailing dots", "gmail.com.."],
    ["nothing", ""],
    ["a name every object has", "__proto__"],
    ["another one", "constructor"],
  ])("%s is other: %s", (_, domain) => {
    expect(directory.of(domain)).toBe(otherProvider);
  });

  test("case and a trailing dot do not matter", () => {
    expect(directory.of("GMail.COM.")).toBe("gmail");
  });
});

describe("the names of the providers", () => {
  test("start with the three largest and end with other", () => {
    expect(directory.names.slice(0, 3)).toEqual(["gmail", "microsoft", "yahoo"]);
    expect(directory.names.at(-1)).toBe(otherProvider);
  });

  test("come in the order of the table", () => {
    expect(directory.names).toEqual([...mailboxProviderDomains.map(({ provider }) => provider), otherProvider]);
  });

  test("put a deployment's own providers after the shipped ones and before other", () => {
    const own = providerDirectory({ "acme-group": ["acme.example"], other: ["hey.com"], gmail: ["startup.example"] });
    expect(own.names).toEqual([...directory.names.slice(0, -1), "acme-group", otherProvider]);
  });
});

describe("a deployment's additions", () => {
  test("bring a provider of their own", () => {
    const own = providerDirectory({ "acme-group": ["Acme.example.", "acme.test"] });
    expect(["acme.example", "acme.test", "gmail.com"].map(own.of)).toEqual(["acme-group", "acme-group", "gmail"]);
  });

  test("give a shipped provider another domain", () => {
    expect(providerDirectory({ gmail: ["startup.example"] }).of("startup.example")).toBe("gmail");
  });

  test("move a shipped domain to the provider that has taken it over", () => {
    const own = providerDirectory({ yahoo: ["att.net"] });
    expect([own.of("att.net"), own.of("sbcglobal.net")]).toEqual(["yahoo", "att"]);
  });

  test("take a domain out of the directory", () => {
    expect(providerDirectory({ other: ["hey.com"] }).of("hey.com")).toBe(otherProvider);
  });

  test("leave the shipped directory as it is", () => {
    providerDirectory({ "acme-group": ["gmail.com"] });
    expect(providerDirectory().of("gmail.com")).toBe("gmail");
  });
});
