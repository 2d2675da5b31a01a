import { listed, type ProviderDomains } from "./entry.ts";

/** Providers of Korea. */
export const korea: readonly ProviderDomains[] = [
  { provider: "naver", domains: listed("naver.com") },
  // Kakao took over Daum, whose mail was called Hanmail.
  { provider: "kakao", domains: listed("kakao.com daum.net hanmail.net") },
  { provider: "nate", domains: listed("nate.com") },
];
