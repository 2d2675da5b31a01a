import { draw, textKey } from "../../../../../shared/domain/provider-model/draw.ts";
import { domainOf } from "../message/addresses.ts";
import type { Delivery, Message } from "../state/messages.ts";
import type { AttemptResult, Bounced } from "./attempt-result.ts";
import type { DeskAnswer, ProviderDesks } from "./provider-desk.ts";
import { luck, reactsInMs } from "./reaction.ts";
import { providerReply, statusOf } from "./replies.ts";
import { isSimulator, onGlobalList, simulate } from "./simulator.ts";
import { isSharedIp } from "./source-ip.ts";

/** Fraction of all addresses that nobody has. */
const unknownUserShare = 0.003;
/** Fraction of those that bounced for other senders lately: they are on SES's global suppression list. */
const globallySuppressedShare = 0.1;
/** Complaints per accepted recipient from shared IPs, as a fraction. */
const sharedComplaintRate = 0.0005;

/** Whether nobody has this address. Depends on the address alone, so that it is unknown today, tomorrow and after a restart. */
export function isUnknownUser(address: string): boolean {
  return draw(textKey(address.toLowerCase()), 1) < unknownUserShare;
}

/** Whether SES itself knows the address as dead, from whoever wrote to it. */
export function isGloballySuppressed(address: string): boolean {
  return isUnknownUser(address) && draw(textKey(address.toLowerCase()), 11) < globallySuppressedShare;
}

export interface DeliveryWorld {
  readonly providerOf: (domain: string) => string;
  readonly desks: ProviderDesks;
  /** Providers that refuse everything from dedicated IPs right now, whatever their model says. */
  readonly troubles: ReadonlyMap<string, Trouble>;
  /** Fraction of delivered mail that a program answers for its reader. */
  readonly awayShare: number;
}

/** How a provider in trouble answers. */
export type Trouble = "deferred" | "blocked";

/** Tries to deliver to one recipient: what the simulator, SES's own list or the mailbox provider says. */
export function attempt(
  world: DeliveryWorld,
  message: Message,
  delivery: Pick<Delivery, "recipient" | "attempts">,
  nowMs: number,
): AttemptResult {
  const { recipient, attempts } = delivery;
  if (isSimulator(recipient)) return simulate(recipient);
  if (isGloballySuppressed(recipient)) return onGlobalList;
  const provider = world.providerOf(domainOf(recipient));
  const answer = ask(world, provider, message.ip, { isRetry: attempts > 0, nowMs });
  const token = Math.floor(luck(message, recipient, 2) * 2 ** 32).toString(36);
  const reply = (kind: "accepted" | "deferred" | "blocked" | "unknownUser"): string =>
    providerReply(provider, kind, { ip: message.ip, address: recipient, token });
  if (answer === "deferred") return { kind: "deferred", reply: reply("deferred") };
  if (answer === "blocked") return bounced("Transient", reply("blocked"));
  if (isUnknownUser(recipient)) return { ...bounced("Permanent", reply("unknownUser")), suppress: true };
  const rate = isSharedIp(message.ip) ? sharedComplaintRate : world.desks.complaintRate(provider, message.ip, nowMs);
  // Gmail reports no complaints to SES.
  const complaint = provider === "gmail" ? 0 : rate;
  const inMs = reactsInMs(message, recipient, { away: world.awayShare, complaint });
  return { kind: "delivered", reply: reply("accepted"), ...(inMs !== undefined && { reactsInMs: inMs }) };
}

/** Shared IPs are long known to every provider; a dedicated one meets the provider's model. */
function ask(
  { desks, troubles }: DeliveryWorld,
  provider: string,
  ip: string,
  when: { isRetry: boolean; nowMs: number },
): DeskAnswer {
  if (isSharedIp(ip)) return "accepted";
  const trouble = troubles.get(provider);
  if (trouble !== undefined) return trouble;
  return when.isRetry ? desks.retry(provider, ip, when.nowMs) : desks.offer(provider, ip, when.nowMs);
}

const bounced = (bounceType: "Permanent" | "Transient", reply: string): Bounced => ({
  kind: "bounced",
  outcome: "bounced",
  bounceType,
  bounceSubType: "General",
  status: statusOf(reply),
  diagnosticCode: `smtp; ${reply}`,
  suppress: false,
});

/** The end of retrying: SES wraps the provider's last reply. */
export function expired(message: Message, lastReply: string): Bounced {
  const minutes = Math.round((message.expiresAtMs - message.sentAtMs) / 60_000);
  const envelope = `554 4.4.7 Message expired: unable to deliver in ${minutes} minutes.<${lastReply}>`;
  return { ...bounced("Transient", envelope), status: "4.4.7" };
}
