import { listed, type ProviderDomains } from "./entry.ts";

/** Providers of the Czech Republic, Poland and Hungary. */
export const centralEurope: readonly ProviderDomains[] = [
  { provider: "seznam", domains: listed("seznam.cz email.cz post.cz spoluzaci.cz") },
  { provider: "centrum", domains: listed("centrum.cz atlas.cz") },
  // o2 and Tlen belong to Wirtualna Polska; o2.pl has nothing to do with the carrier O2.
  { provider: "wp", domains: listed("wp.pl o2.pl go2.pl tlen.pl prokonto.pl") },
  {
    provider: "onet",
    domains: [
      ...listed("onet.pl onet.eu onet.com.pl poczta.onet.pl poczta.onet.eu op.pl vp.pl spoko.pl"),
      ...listed("autograf.pl buziaczek.pl amorki.pl republika.pl"),
    ],
  },
  { provider: "interia", domains: listed("interia.pl interia.eu interia.com intmail.pl poczta.fm") },
  { provider: "freemail-hu", domains: listed("freemail.hu") },
];
