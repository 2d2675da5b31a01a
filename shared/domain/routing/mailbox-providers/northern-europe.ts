import { listed, type ProviderDomains } from "./entry.ts";

/** Providers of Britain, Ireland and Scandinavia. Sky (UK) is run by Yahoo and listed there. */
export const northernEurope: readonly ProviderDomains[] = [
  // BT left Yahoo for a system of its own from 2013 on.
  { provider: "bt", domains: listed("btinternet.com btopenworld.com talk21.com") },
  { provider: "virgin-media", domains: listed("virginmedia.com virgin.net ntlworld.com blueyonder.co.uk") },
  // TalkTalk took over Tiscali's British customers, and with them Lineone and Onetel.
  { provider: "talktalk", domains: listed("talktalk.net tiscali.co.uk lineone.net onetel.com") },
  { provider: "eir", domains: listed("eircom.net") },
  { provider: "telia", domains: listed("telia.com") },
  { provider: "telenor", domains: listed("online.no") },
  { provider: "runbox", domains: listed("runbox.com") },
];
