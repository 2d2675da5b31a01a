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

/** Providers of Western, Northern and Southern Europe. Sky (UK) is run by Yahoo and listed there. */
export const westernEurope: readonly ProviderDomains[] = [
  { provider: "united-internet", domains: unitedInternet },
  { provider: "t-online", domains: listed("t-online.de magenta.de") },
  { provider: "freenet", domains: listed("freenet.de") },
  { provider: "vodafone-de", domains: listed("vodafone.de arcor.de") },
  { provider: "posteo", domains: listed("posteo.de posteo.net") },
  { provider: "mailbox-org", domains: listed("mailbox.org") },
  { provider: "a1", domains: listed("a1.net aon.at") },
  { provider: "swisscom", domains: listed("bluewin.ch bluemail.ch") },
  // No other orange.<country>: those are separate companies with mail systems of their own.
  { provider: "orange", domains: listed("orange.fr wanadoo.fr voila.fr") },
  { provider: "laposte", domains: listed("laposte.net") },
  // Free took over Alice ADSL, which had taken over Liberty Surf.
  { provider: "free", domains: listed("free.fr aliceadsl.fr freesbee.fr libertysurf.fr") },
  { provider: "sfr", domains: listed("sfr.fr neuf.fr cegetel.net club-internet.fr 9online.fr") },
  { provider: "bouygues", domains: listed("bbox.fr") },
  { provider: "italiaonline", domains: listed("libero.it virgilio.it inwind.it iol.it blu.it giallo.it") },
  // alice.it and tin.it are TIM's; virgilio.it, once a sister brand, went to Italiaonline.
  { provider: "tim", domains: listed("tim.it alice.it tin.it") },
  { provider: "tiscali", domains: listed("tiscali.it") },
  { provider: "fastweb", domains: listed("fastwebnet.it") },
  { provider: "movistar", domains: listed("movistar.es telefonica.net") },
  { provider: "sapo", domains: listed("sapo.pt") },
  // BT left Yahoo for a system of its own from 2013 on.
  { provider: "bt", domains: listed("btinternet.com btopenworld.com talk21.com") },
  { provider: "virgin-media", domains: listed("virginmedia.com virgin.net ntlworld.com blueyonder.co.uk") },
  // TalkTalk took over Tiscali's British customers, and with them Lineone and Onetel.
  { provider: "talktalk", domains: listed("talktalk.net tiscali.co.uk lineone.net onetel.com") },
  { provider: "eir", domains: listed("eircom.net") },
  { provider: "ziggo", domains: listed("ziggo.nl home.nl casema.nl chello.nl quicknet.nl upcmail.nl") },
  { provider: "kpn", domains: listed("kpnmail.nl kpnplanet.nl planet.nl hetnet.nl wxs.nl xs4all.nl telfort.nl") },
  { provider: "telenet", domains: listed("telenet.be pandora.be") },
  { provider: "proximus", domains: listed("skynet.be proximus.be belgacom.net") },
  { provider: "telia", domains: listed("telia.com") },
  { provider: "telenor", domains: listed("online.no") },
];
