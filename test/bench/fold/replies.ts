import type { OutcomeCounts } from "../../../shared/domain/feedback/outcome-counts.ts";

/** A receiver's words, and what they must be counted as; undefined when they say nothing of us. */
export interface Reply {
  readonly text: string;
  readonly countsAs: keyof OutcomeCounts | undefined;
}

/** The first of `delays` limit our rate: what brakes act on. */
export const limitingDelays = 2;

/** Why receivers put mail off. Each is as frequent as any other. */
export const delays: readonly Reply[] = [
  { text: "421 4.7.0 Too many messages from 203.0.113.9, please slow down", countsAs: "deferred" },
  { text: "421 4.7.28 unusual rate of unsolicited mail originating from your IP address", countsAs: "deferred" },
  { text: "451 4.7.1 Greylisting in action, please come back in 00:05:00", countsAs: undefined },
  { text: "452 4.2.2 The mailbox is over quota; try again later", countsAs: "mailboxFull" },
  { text: "421 4.4.2 Error: timeout exceeded", countsAs: "network" },
  { text: "451 4.3.0 Temporary lookup failure", countsAs: "network" },
];

/** Why receivers refuse mail for good. */
export const bounces: readonly Reply[] = [
  { text: "550 5.1.1 The address you wrote to does not exist here", countsAs: "bounced" },
  { text: "550 5.1.1 No such user here", countsAs: "bounced" },
  { text: "550 5.2.1 The recipient's account is disabled", countsAs: "bounced" },
  { text: "552 5.2.2 Mailbox is over quota", countsAs: "mailboxFull" },
  { text: "554 5.7.1 The message was classified as spam", countsAs: "contentRejected" },
];
