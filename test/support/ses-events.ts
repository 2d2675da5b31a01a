/** SES events as event publishing sends them, cut down to what is read. */
export interface EventText {
  readonly eventType: string;
  readonly mail: {
    readonly messageId: string;
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

export function anEvent(
  eventType: string,
  detail: Record<string, unknown> = {},
  { tags = {}, to = ["ann@gmail.com"] }: { tags?: Record<string, string[]>; to?: string[] } = {},
): EventText {
  return { eventType, mail: { messageId: "ses-1", destination: to, tags: { ...ourTags, ...tags } }, ...detail };
}

export function aBounce(bounceType: string, bounceSubType: string, diagnosticCode?: string): EventText {
  const bouncedRecipients = [{ emailAddress: "ann@gmail.com", action: "failed", diagnosticCode }];
  return anEvent("Bounce", { bounce: { bounceType, bounceSubType, bouncedRecipients } });
}

export function aDelay(delayType: string): EventText {
  const delayedRecipients = [{ emailAddress: "ann@gmail.com", status: "4.7.0", diagnosticCode: "smtp; 421 try later" }];
  return anEvent("DeliveryDelay", { deliveryDelay: { delayType, delayedRecipients } });
}
