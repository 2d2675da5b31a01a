import { listed, type ProviderDomains } from "./entry.ts";

/** Mailboxes from before 2006, when SoftBank bought Vodafone Japan; one name a region. */
const vodafoneJapan = listed("c d h k n q r s t").map((region) => `${region}.vodafone.ne.jp`);

/** Providers of Asia, Australia and New Zealand. */
export const asiaPacific: readonly ProviderDomains[] = [
  // Licensed brand: LY Corporation runs it with MX, limits and replies of its own, apart from Yahoo's.
  { provider: "yahoo-japan", domains: listed("yahoo.co.jp ybb.ne.jp") },
  { provider: "docomo", domains: listed("docomo.ne.jp") },
  { provider: "au", domains: listed("au.com ezweb.ne.jp") },
  { provider: "softbank", domains: [...listed("softbank.ne.jp i.softbank.jp"), ...vodafoneJapan] },
  { provider: "nifty", domains: listed("nifty.com") },
  { provider: "ocn", domains: listed("ocn.ne.jp") },
  { provider: "biglobe", domains: listed("biglobe.ne.jp") },
  { provider: "qq", domains: listed("qq.com vip.qq.com foxmail.com") },
  { provider: "netease", domains: listed("163.com vip.163.com 126.com vip.126.com yeah.net 188.com") },
  { provider: "sina", domains: listed("sina.com sina.cn vip.sina.com") },
  { provider: "sohu", domains: listed("sohu.com") },
  { provider: "aliyun", domains: listed("aliyun.com") },
  { provider: "china-mobile", domains: listed("139.com") },
  { provider: "china-telecom", domains: listed("189.cn") },
  { provider: "netvigator", domains: listed("netvigator.com") },
  { provider: "naver", domains: listed("naver.com") },
  // Kakao took over Daum, whose mail was called Hanmail.
  { provider: "kakao", domains: listed("kakao.com daum.net hanmail.net") },
  { provider: "nate", domains: listed("nate.com") },
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
];
