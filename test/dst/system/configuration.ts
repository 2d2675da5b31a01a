import { parseConfiguration, poolsOf, streamsOf } from "../../../shared/contracts/parse-configuration.ts";
import { providerDirectory } from "../../../shared/domain/routing/mailbox-provider.ts";
import { dedicatedRoute, sharedRouteName } from "../../../shared/domain/routing/route.ts";

/** The deployment that is simulated: every kind of stream there is. */
export const configuration = parseConfiguration({
  name: "simulated",
  identities: ["example.com"],
  pools: {
    news: { ips: ["192.0.2.1"], overflowTo: "main" },
    main: { ips: ["192.0.2.2"] },
    alone: { ips: ["192.0.2.3"] },
  },
  streams: {
    news: { pool: "news" },
    digest: { pool: "news", whenFull: "hold", longestHoldMinutes: 60, sharedAllowed: false },
    orders: { pool: "alone", sharedAllowed: false, whenFull: "hold", longestHoldMinutes: 4, onUnknown: "quarantine" },
    alerts: { unknownWaitMinutes: 5 },
    offers: { pool: "main", whenFull: "hold", longestHoldMinutes: 10, refuseDead: true, unknownWaitMinutes: 5 },
    letters: {
      pool: "main",
      whenFull: "hold",
      longestHoldMinutes: 5,
      poolRules: [
        { when: { from: ["private@example.com"] }, pool: "shared" },
        { when: { tag: { name: "kind", values: ["digest", "weekly"] } }, pool: "news" },
        { when: { providers: ["gmail"] }, pool: "alone" },
        { when: { recipientDomains: ["t-online.de"] }, pool: "news" },
      ],
    },
  },
});

export const pools = poolsOf(configuration);
export const streams = streamsOf(configuration);
export const providers = providerDirectory(configuration.mailboxProviders);

/** Longest time that mail with an unknown outcome waits for proof, ms. */
export const longestUnknownWaitMs = Math.max(...[...streams.values()].map(({ unknownWaitMs }) => unknownWaitMs));

export const configurationSets: ReadonlySet<string> = new Set([
  ...[...pools.keys()].flatMap((pool) => [
    dedicatedRoute(pool, "warming").configurationSet,
    dedicatedRoute(pool, "established").configurationSet,
  ]),
  sharedRouteName,
]);

/** Recipients' domains; of the mailbox providers behind them all but one have their allowances in one item. */
export const domains = ["gmail.com", "yahoo.com", "t-online.de", "example.org"] as const;
export const providerNames = domains.map((domain) => providers.of(domain));
