import { listed, national, type ProviderDomains } from "./entry.ts";

/** Providers of Eastern Europe, the Baltic states and Russia. */
export const easternEurope: readonly ProviderDomains[] = [
  // inbox.ru, list.ru, bk.ru and internet.ru are further names of the same mailbox service (VK).
  { provider: "mail-ru", domains: listed("mail.ru inbox.ru list.ru bk.ru internet.ru") },
  // One mailbox answers under each of these names.
  { provider: "yandex", domains: [...national("yandex", "ru com by kz ua com.tr"), ...listed("ya.ru narod.ru")] },
  { provider: "rambler", domains: listed("rambler.ru lenta.ru autorambler.ru myrambler.ru ro.ru") },
  { provider: "ukr-net", domains: listed("ukr.net") },
  { provider: "abv", domains: listed("abv.bg") },
  { provider: "inbox-lv", domains: listed("inbox.lv") },
];
