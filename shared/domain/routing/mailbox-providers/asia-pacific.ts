import { listed, national, type ProviderDomains } from "./entry.ts";

/** Providers of India, Australia and New Zealand. */
export const asiaPacific: readonly ProviderDomains[] = [
  { provider: "rediffmail", domains: listed("rediffmail.com") },
  { provider: "telstra", domains: listed("bigpond.com bigpond.net.au bigpond.com.au telstra.com") },
  { provider: "optus", domains: listed("optusnet.com.au") },
  // TPG, iiNet, Internode and the rest of the group handed their mailboxes to The Messaging Company in 2023.
  {
    provider: "messaging-company",
    domains: listed(
      "tpg.com.au iinet.net.au internode.on.net westnet.com.au netspace.net.au adam.com.au ozemail.com.au",
    ),
  },
  // Left Yahoo in 2017.
  { provider: "spark-nz", domains: listed("xtra.co.nz") },
  {
    provider: "fastmail",
    domains: national("fastmail", "com fm cn co.uk com.au de es im in jp mx net nl org se to tw us"),
  },
];
