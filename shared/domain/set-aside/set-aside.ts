/** Where something is set aside for a person: it can never be sent as it is, or its queue delivered it too often in vain. */
export const setAsidePlaces = ["quarantine", "dead-letters"] as const;
export type SetAsidePlace = (typeof setAsidePlaces)[number];

/** A queue that something set aside came from, and goes back to. */
export const originQueues = ["send", "parked", "feedback", "proof"] as const;
export type OriginQueue = (typeof originQueues)[number];

/** One thing that was set aside: mail, or an SES event. Its body is kept apart. */
export interface SetAside {
  readonly place: SetAsidePlace;
  /** Names this entry within its place; names sort by time. */
  readonly name: string;
  readonly queue: OriginQueue;
  /** Business id, where it could be read. */
  readonly id: string | undefined;
  readonly stream: string | undefined;
  readonly code: string;
  /** What a person can do. No address, no body. */
  readonly sentence: string;
  /** When it was set aside, epoch ms. */
  readonly atMs: number;
  /** When the application enqueued it, epoch ms, where that is known. */
  readonly enqueuedAtMs: number | undefined;
  /** When it last held the claim of its id, epoch ms, where that is known. */
  readonly claimedAtMs?: number | undefined;
  /** Until then it is kept, epoch ms. */
  readonly keptUntilMs: number;
  /** Its body's name and the number of its pieces; undefined where nothing but the entry is left. */
  readonly body: { readonly name: string; readonly pieces: number } | undefined;
}

/** @param sentMs - when the entry's message was sent, epoch ms; with its name the same whenever it is seen */
export function setAsideName(sentMs: number, name: string): string {
  return `${String(Math.max(0, Math.floor(sentMs))).padStart(13, "0")}-${name}`;
}

/** Why something lies in dead letters, by the queue that delivered it in vain. */
export const deadLetterReasons: Readonly<Record<OriginQueue, { readonly code: string; readonly sentence: string }>> = {
  send: {
    code: "not-worked",
    sentence:
      "The dispatcher was given it ten times in vain, and it was not sent as far as is known: find the cause, then requeue it.",
  },
  parked: {
    code: "not-settled",
    sentence: "The dispatcher was given it five times in vain; it may have been sent: find the cause, then requeue it.",
  },
  feedback: {
    code: "event-not-counted",
    sentence: "This SES event was not counted after five tries: find the cause, then requeue it.",
  },
  proof: {
    code: "proof-not-kept",
    sentence:
      "This Send event was not read after five tries, and mail it proves may be sent again: find the cause, then requeue it.",
  },
};
