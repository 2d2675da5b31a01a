import { listed, national, type ProviderDomains } from "./entry.ts";

const microsoft = [
  ...national("hotmail", "com be ca ch cl cz de dk es fi fr gr hu it jp lt lv my nl no ph rs se sg sk"),
  ...national("hotmail", "co.id co.il co.in co.jp co.kr co.nz co.th co.uk co.za"),
  ...national("hotmail", "com.ar com.au com.br com.hk com.mx com.tr com.tw com.vn"),
  ...national("outlook", "com at be cl cz de dk es fr hu ie in it jp kr lv my ph pt sa sg sk"),
  ...national("outlook", "co.id co.il co.nz co.th com.ar com.au com.br com.gr com.pe com.tr com.vn"),
  ...national("live", "com at be ca cl cn de dk fi fr hk ie in it jp nl no ru se"),
  ...national("live", "co.jp co.kr co.uk co.za com.ar com.au com.mx com.my com.ph com.pt com.sg"),
  ...listed("msn.com windowslive.com passport.com livemail.tw"),
];

const yahoo = [
  // yahoo.co.jp is missing on purpose: another company, see yahoo-japan.
  ...national("yahoo", "com at be bg ca cl cz de dk ee es fi fr gr hu ie in it lt lv nl no pl pt ro se sk"),
  ...national("yahoo", "co.id co.il co.in co.kr co.nz co.th co.uk co.za"),
  ...national("yahoo", "com.ar com.au com.br com.co com.hk com.hr com.mx com.my com.pe com.ph com.sg com.tr com.tw"),
  ...national("yahoo", "com.ua com.ve com.vn"),
  ...listed("ymail.com rocketmail.com myyahoo.com y7mail.com"),
  // AOL and the brands it bought; one receiving infrastructure with Yahoo (MX under yahoodns.net).
  ...national("aol", "com de es fr it se co.nz co.uk com.ar com.au com.br com.mx"),
  ...listed("aim.com games.com love.com wow.com ygm.com compuserve.com cs.com netscape.com netscape.net wmconnect.com"),
  // Verizon gave its mailboxes to AOL in 2017, those of the companies it had bought included.
  ...listed("verizon.net bellatlantic.net gte.net"),
  // Carriers whose customers' mailboxes Yahoo runs, MX included: Frontier, Cox (since October 2024), Rogers, Sky.
  ...listed("frontier.com frontiernet.net citlink.net cox.net rogers.com sky.com"),
];

/** Providers with mailboxes in every part of the world; the largest three come first. */
export const worldwide: readonly ProviderDomains[] = [
  // Company domains hosted at Google or Microsoft are not here: their domain does not tell, only their MX does.
  { provider: "gmail", domains: listed("gmail.com googlemail.com") },
  { provider: "microsoft", domains: microsoft },
  { provider: "yahoo", domains: yahoo },
  { provider: "apple", domains: listed("icloud.com me.com mac.com") },
  { provider: "proton", domains: listed("proton.me protonmail.com protonmail.ch pm.me") },
  { provider: "zoho", domains: listed("zoho.com zoho.eu zoho.in zohomail.com zohomail.eu zohomail.in") },
  { provider: "tuta", domains: listed("tuta.com tuta.io tutanota.com tutanota.de tutamail.com keemail.me") },
  { provider: "hey", domains: listed("hey.com") },
];
