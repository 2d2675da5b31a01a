import { listed, national, type ProviderDomains } from "./entry.ts";

/** Providers of Central and Eastern Europe and of Russia. */
export const easternEurope: readonly ProviderDomains[] = [
  // inbox.ru, list.ru, bk.ru and internet.ru are further names of the same mailbox service (VK).
  { provider: "mail-ru", domains: listed("mail.ru inbox.ru list.ru bk.ru internet.ru") },
  // One mailbox answers under each of these names.
  { provider: "yandex", domains: [...national("yandex", "ru com by kz ua com.tr"), ...listed("ya.ru narod.ru")] },
  { provider: "rambler", domains: listed("rambler.ru lenta.ru autorambler.ru myrambler.ru ro.ru") },
  { provider: "ukr-net", domains: listed("ukr.net") },
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
  { provider: "abv", domains: listed("abv.bg") },
  { provider: "inbox-lv", domains: listed("inbox.lv") },
];
