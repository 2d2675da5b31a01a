import { listed, type ProviderDomains } from "./entry.ts";

/** Providers of Italy, Spain and Portugal. */
export const southernEurope: readonly ProviderDomains[] = [
  { provider: "italiaonline", domains: listed("libero.it virgilio.it inwind.it iol.it blu.it giallo.it") },
  // alice.it and tin.it are TIM's; virgilio.it, once a sister brand, went to Italiaonline.
  { provider: "tim", domains: listed("tim.it alice.it tin.it") },
  { provider: "tiscali", domains: listed("tiscali.it") },
  { provider: "fastweb", domains: listed("fastwebnet.it") },
  { provider: "movistar", domains: listed("movistar.es telefonica.net") },
  { provider: "sapo", domains: listed("sapo.pt") },
];
