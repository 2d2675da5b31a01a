import { listed, type ProviderDomains } from "./entry.ts";

/** Providers of France and the Benelux. */
export const westernEurope: readonly ProviderDomains[] = [
  // No other orange.<country>: those are separate companies with mail systems of their own.
  { provider: "orange", domains: listed("orange.fr wanadoo.fr voila.fr") },
  { provider: "laposte", domains: listed("laposte.net") },
  // Free took over Alice ADSL, which had taken over Liberty Surf.
  { provider: "free", domains: listed("free.fr aliceadsl.fr freesbee.fr libertysurf.fr") },
  { provider: "sfr", domains: listed("sfr.fr neuf.fr cegetel.net club-internet.fr 9online.fr") },
  { provider: "bouygues", domains: listed("bbox.fr") },
  { provider: "ziggo", domains: listed("ziggo.nl home.nl casema.nl chello.nl quicknet.nl upcmail.nl") },
  { provider: "kpn", domains: listed("kpnmail.nl kpnplanet.nl planet.nl hetnet.nl wxs.nl xs4all.nl telfort.nl") },
  { provider: "telenet", domains: listed("telenet.be pandora.be") },
  { provider: "proximus", domains: listed("skynet.be proximus.be belgacom.net") },
];
