import { listed, national, type ProviderDomains } from "./entry.ts";

const unitedInternet = [
  ...national("gmx", "net de at ch com eu biz org info li tm us"),
  ...national("gmx", "ca cn es fr hk ie it ph pt ru se sg tw co.in co.uk com.br com.my com.tr"),
  ...listed("web.de"),
  // mail.com belongs to 1&1 Mail & Media as GMX and web.de do (MX mx00.mail.com, mx0.gmx.com); the best known of its
  // several hundred vanity domains.
  ...listed("mail.com email.com usa.com post.com europe.com consultant.com engineer.com accountant.com dr.com"),
  ...listed("techie.com cheerful.com myself.com iname.com writeme.com london.com linuxmail.org"),
  // 1&1 and IONOS: the access and hosting side of the same group.
  ...listed("1und1.de online.de onlinehome.de 1and1.com ionos.com ionos.de"),
];

/** Providers of Germany, Austria and Switzerland. */
export const germanSpeaking: readonly ProviderDomains[] = [
  { provider: "united-internet", domains: unitedInternet },
  { provider: "t-online", domains: listed("t-online.de magenta.de") },
  { provider: "freenet", domains: listed("freenet.de") },
  { provider: "vodafone-de", domains: listed("vodafone.de arcor.de") },
  { provider: "posteo", domains: listed("posteo.de posteo.net") },
  { provider: "mailbox-org", domains: listed("mailbox.org") },
  { provider: "a1", domains: listed("a1.net aon.at") },
  { provider: "swisscom", domains: listed("bluewin.ch bluemail.ch") },
];
