import { listed, type ProviderDomains } from "./entry.ts";

/** Road Runner mailboxes are named by region; rr.com alone would not match them, so each region is listed. */
const roadRunner = [
  "austin bak ca carolina cfl cinci columbus ec elp gt hawaii hot houston indy insight kc maine nc neo new nyc nycap",
  "rochester san satx sc si socal stny sw tampabay triad twcny tx wi woh",
]
  .flatMap(listed)
  .map((region) => `${region}.rr.com`);

/** Providers of the United States. Cox, Frontier and Verizon are run by Yahoo and listed there. */
export const unitedStates: readonly ProviderDomains[] = [
  // Mailboxes are Yahoo's, but AT&T answered the SMTP connection with gateways and block lists of its own for years,
  // so its allowance is kept apart. Where MX already point at Yahoo, a deployment may add these domains to yahoo.
  {
    provider: "att",
    domains: [
      ...listed("att.net currently.com sbcglobal.net bellsouth.net ameritech.net pacbell.net swbell.net snet.net"),
      ...listed("flash.net nvbell.net prodigy.net wans.net"),
    ],
  },
  // Mailboxes move to Yahoo in phases from 2025 on; kept apart until the domain as a whole has moved.
  { provider: "comcast", domains: listed("comcast.net xfinity.com") },
  // Charter bought Time Warner Cable (twc.com, Road Runner) and Bright House (cfl.rr.com, tampabay.rr.com).
  {
    provider: "charter",
    domains: [...listed("charter.net spectrum.net roadrunner.com twc.com rr.com"), ...roadRunner],
  },
  { provider: "centurylink", domains: listed("centurylink.net centurytel.net embarqmail.com q.com") },
  { provider: "earthlink", domains: listed("earthlink.net mindspring.com ix.netcom.com peoplepc.com") },
  { provider: "optimum", domains: listed("optimum.net optonline.net") },
  { provider: "windstream", domains: listed("windstream.net") },
  { provider: "united-online", domains: listed("juno.com netzero.com netzero.net") },
];
