/** What lies inside the envelopes around a reply. */
export interface Unwrapped {
  readonly reply: string;
  readonly expired: boolean;
  readonly relayed: boolean;
}

/** Envelopes may lie in each other; deeper than this, somebody plays. */
const maxDepth = 5;

const prefix = /^[\s"']*(?:diagnostic-code:\s*)?(?:smtp|x-[\w-]{1,40}|x400)\s*;\s*/;
/** `554 4.4.7 Message expired: unable to deliver in 840 minutes.<inner>` */
const expiry = /message expired: ?unable to deliver in \d+ (?:minute|hour|second)s?\.?/;
/** `5.1.0 - Unknown address error 550-'inner' (delivery attempts: 0)` */
const listed = /^[45]\.[\dx]{1,3}\.[\dx]{1,3} - [^'"]{0,200}?(?:([245]\d\d)-)?['"]+/;
const attempts = /['"]{0,3}\s{0,3}\(delivery attempts: ?\d{1,4}\)\s{0,3}$/;
/** `host mx.example.com[192.0.2.1] said: 550 5.1.1 inner (in reply to RCPT TO command)` */
const quoted =
  /(?:\b(?:said|says|replied|responded|response|answered|returned):|\bresponded with|\bresponse was|\breturned|<<<|host [^\s:]{1,255} \[[\d.]{7,15}\]:)[:\s"'<]{0,4}(?=[45]\d\d[ -])/g;
const inReplyTo = /\(in reply to [^()]{0,40}\)/g;

/** Opens the envelopes that SES and receivers put around a reply, until none is left. */
export function unwrapped(lowerCase: string): Unwrapped {
  let reply = lowerCase;
  let expired = false;
  let relayed = false;
  for (let depth = 0; depth < maxDepth; depth += 1) {
    const before = reply;
    reply = reply.replace(prefix, "");
    const inside = insideExpiry(reply);
    if (inside !== undefined) {
      expired = inside === "";
      if (expired) return { reply: before, expired, relayed };
      reply = inside;
    }
    reply = insideList(reply);
    const passedOn = insideQuote(reply);
    relayed ||= passedOn !== reply;
    reply = passedOn;
    if (reply === before) break;
  }
  return { reply: reply.replace(inReplyTo, " "), expired, relayed };
}

/** @returns undefined when this is no expiry, "" when nobody ever answered */
function insideExpiry(reply: string): string | undefined {
  const found = expiry.exec(reply);
  if (found === null) return undefined;
  const rest = reply.slice(found.index + found[0].length).trim();
  if (!rest.startsWith("<")) return rest;
  const end = rest.lastIndexOf(">");
  return rest.slice(1, end > 0 ? end : undefined).trim();
}

function insideList(reply: string): string {
  const found = listed.exec(reply);
  if (found === null) return reply;
  const inner = reply.slice(found[0].length).replace(attempts, "");
  return inner === "" ? reply : `${found[1] ?? ""} ${inner}`.trim();
}

function insideQuote(reply: string): string {
  let end = 0;
  for (const found of reply.matchAll(quoted)) end = found.index + found[0].length;
  return reply.slice(end);
}
