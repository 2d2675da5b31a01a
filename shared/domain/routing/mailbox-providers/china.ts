import { listed, type ProviderDomains } from "./entry.ts";

/** Providers of China and Hong Kong. */
export const china: readonly ProviderDomains[] = [
  { provider: "qq", domains: listed("qq.com vip.qq.com foxmail.com") },
  { provider: "netease", domains: listed("163.com vip.163.com 126.com vip.126.com yeah.net 188.com") },
  { provider: "sina", domains: listed("sina.com sina.cn vip.sina.com") },
  { provider: "sohu", domains: listed("sohu.com") },
  { provider: "aliyun", domains: listed("aliyun.com") },
  { provider: "china-mobile", domains: listed("139.com") },
  { provider: "china-telecom", domains: listed("189.cn") },
  { provider: "netvigator", domains: listed("netvigator.com") },
];
