import { noonMs } from "./builders.ts";

/** SES events as event publishing sends them, cut down to what is read. */
export interface EventText {
  readonly eventType: string;
  readonly mail: {
    readonly messageId: string;
    readonly timestamp?: string;
    readonly destination: string[];
    readonly tags: Record<string, string[]>;
  };
  readonly [detail: string]: unknown;
}

/** Tags of mail to gmail that left by the warming IPs of pool `news`. */
export const ourTags = {
  "sw-id": ["batch-3-1"],
  "sw-pool": ["news"],
  "sw-route": ["warming"],
  "sw-provider": ["gmail"],
  "sw-day": ["2026-11-02"],
  "sw-stream": ["news"],
};

/** What a test says of a mail; the rest is a new message to Ann, at noon. */
export interface OfMail {
  readonly tags?: Record<string, string[]>;
  readonly to?: string[];
  readonly id?: string;
  readonly atMs?: number;
}

let messages = 0;

export function anEvent(
  eventType: string,
  detail: Record<string, unknown> = {},
  { tags = {}, to = ["ann@gmail.com"], id, atMs = noonMs }: OfMail = {},
): EventText {
  messages += 1;
  const timestamp = new Date(atMs).toISOString();
  const mail = { messageId: id ?? `ses-${messages}`, timestamp, destination: to, tags: { ...ourTags, ...tags } };
  return { eventType, mail, ...detail };
}

export function aDelivery(of: OfMail = {}): EventText {
  const recipients = of.to ?? ["ann@gmail.com"];
  return anEvent("Delivery", { delivery: { recipients } }, of);
}

export function aBounce(
  bounceType: string,
  bounceSubType: string,
  diagnosticCode?: string,
  of: OfMail = {},
): EventText {
  const bouncedRecipients = [{ emailAddress: "ann@gmail.com", action: "failed", diagnosticCode }];
  return anEvent("Bounce", { bounce: { bounceType, bounceSubType, bouncedRecipients } }, of);
}

export const rateReply = "smtp; 421 4.7.28 Our system has detected an unusual rate of unsolicited mail - gsmtp";
export const blockReply =
  "smtp; 550 5.7.1 Our system has detected that this message is likely suspicious due to the very low reputation of the sending IP address. - gsmtp";

export function aDelay(delayType: string, of: OfMail = {}, diagnosticCode = "smtp; 421 try later"): EventText {
  const delayedRecipients = [{ emailAddress: "ann@gmail.com", status: "4.7.0", diagnosticCode }];
  return anEvent("DeliveryDelay", { deliveryDelay: { delayType, delayedRecipients } }, of);
}

/** A delay for the sending rate, in gmail's words. */
export function aRateDelay(of: OfMail = {}): EventText {
  return aDelay("IPFailure", of, rateReply);
}
