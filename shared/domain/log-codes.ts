/** Every line the product logs, by code. Operators search for the code; the text says what happened. */
export const logCode = {
  BATCH_DISPATCHED: "a batch of the send queue was worked; counts by outcome",
  QUARANTINED: "a message can never be sent as it is and was set aside with its reason",
  RESERVATION_UNKNOWN: "a reservation got no answer; it counts as used and the mail goes back",
  ALLOWANCE_NOT_RELEASED: "unused allowance could not be given back; it stays used for the day",
  RECEIPT_FAILED: "a batch's receipt could not be written; its mail reads as unknown if it comes back",
  SES_THROTTLED: "SES refused calls over the account's sending rate",
  SES_REFUSED: "SES refused a message for good",
  SES_STOPPED: "the account's quota is spent or sending is paused; mail waits on the parked queue",
  OUTCOME_UNKNOWN: "nothing proves whether SES took a message; it waits for proof",
  UNKNOWN_RESENT: "no proof within the stream's wait; the message is sent again",
  RECORD_FAILED: "a record could not be worked and goes back to its queue",
  RAMPED: "a pool's allowances for the day were written",
  IP_NOT_ASSIGNED: "a dedicated IP could not be moved to its pool's warming SES pool; the next day tries again",
  RAMP_FAILED: "a pool could not be ramped; the next hourly run tries again",
  IP_ASSIGNED: "a dedicated IP was moved to its pool's warming SES pool",
  FEEDBACK_NOT_COUNTED: "SES events could not be counted and come again",
  FEEDBACK_FOLDED: "SES events were counted",
  EVENT_IGNORED: "an SES event carries none of our tags or could not be read",
  HELD_RELEASED: "held mail went back to the send queue",
  HELD_RELEASE_FAILED: "a held message could not go back to the send queue; the next run tries again",
} as const;

export type LogCode = keyof typeof logCode;
