import { listed, type ProviderDomains } from "./entry.ts";

/** Mailboxes from before 2006, when SoftBank bought Vodafone Japan; one name a region. */
const vodafoneJapan = listed("c d h k n q r s t").map((region) => `${region}.vodafone.ne.jp`);

/** Providers of Japan. */
export const japan: readonly ProviderDomains[] = [
  // Licensed brand: LY Corporation runs it with MX, limits and replies of its own, apart from Yahoo's.
  { provider: "yahoo-japan", domains: listed("yahoo.co.jp ybb.ne.jp") },
  { provider: "docomo", domains: listed("docomo.ne.jp") },
  { provider: "au", domains: listed("au.com ezweb.ne.jp") },
  { provider: "softbank", domains: [...listed("softbank.ne.jp i.softbank.jp"), ...vodafoneJapan] },
  { provider: "nifty", domains: listed("nifty.com") },
  { provider: "ocn", domains: listed("ocn.ne.jp") },
  { provider: "biglobe", domains: listed("biglobe.ne.jp") },
];
