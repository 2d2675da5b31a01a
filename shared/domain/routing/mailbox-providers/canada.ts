import { listed, type ProviderDomains } from "./entry.ts";

/** Providers of Canada. Rogers is run by Yahoo and listed there. */
export const canada: readonly ProviderDomains[] = [
  { provider: "bell-canada", domains: listed("bell.net sympatico.ca") },
  { provider: "shaw", domains: listed("shaw.ca") },
  // Moved to Google's servers in 2020; kept apart because Google's MX for hosted domains are not Gmail's.
  { provider: "telus", domains: listed("telus.net") },
  { provider: "videotron", domains: listed("videotron.ca") },
  { provider: "cogeco", domains: listed("cogeco.ca") },
  { provider: "hushmail", domains: listed("hushmail.com hushmail.me hush.com hush.ai") },
];
