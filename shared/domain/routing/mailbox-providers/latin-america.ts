import { listed, type ProviderDomains } from "./entry.ts";

/** Providers of Central and South America. */
export const latinAmerica: readonly ProviderDomains[] = [
  { provider: "uol", domains: listed("uol.com.br bol.com.br") },
  { provider: "terra", domains: listed("terra.com.br") },
  { provider: "globo", domains: listed("globo.com globomail.com") },
  { provider: "ig", domains: listed("ig.com.br") },
];
