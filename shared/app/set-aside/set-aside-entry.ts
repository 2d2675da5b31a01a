import { namesInEvent, namesInMessage, parseNote } from "../../contracts/message-names.ts";
import { deadLetterReasons, type OriginQueue, type SetAside, setAsideName } from "../../domain/set-aside/set-aside.ts";

/** A message of the quarantine queue, or of the dead letters of one of the other queues. */
export interface SetAsideRecord {
  /** SQS's id of the message, which is the same at every delivery. */
  readonly messageId: string;
  readonly body: string;
  /** When it was sent to its queue, epoch ms. */
  readonly sentAtMs: number;
  /** When the application enqueued it, epoch ms, where it says so. */
  readonly enqueuedAtMs: number | undefined;
  /** When it last held the claim of its id, epoch ms, where it says so. */
  readonly claimedAtMs?: number | undefined;
  readonly from: FromQuarantine | FromDeadLetters;
}

export interface FromQuarantine {
  readonly kind: "quarantine";
  readonly code: string;
  readonly sentence: string;
  /** The body is a note: there is no record. */
  readonly isNote: boolean;
  /** Of a body that came in several messages. */
  readonly piece: Piece | undefined;
}

/** Which piece of a body a message is, from 1, of how many; later ones name the first by its message id. */
export interface Piece {
  readonly index: number;
  readonly of: number;
  readonly first: string | undefined;
}

export interface FromDeadLetters {
  readonly kind: "dead-letters";
  readonly queue: OriginQueue;
}

/** The piece that a message adds to the body of another entry; undefined when it is an entry of its own. */
export function laterPiece({ from }: SetAsideRecord): (Piece & { readonly first: string }) | undefined {
  if (from.kind !== "quarantine" || from.piece?.first === undefined) return undefined;
  return { ...from.piece, first: from.piece.first };
}

interface Keeping {
  readonly nowMs: number;
  /** How long an entry is kept, ms. */
  readonly keptMs: number;
}

export function entryOf(record: SetAsideRecord, keeping: Keeping): SetAside {
  const { from, body } = record;
  if (from.kind === "dead-letters") return deadLetter(record, from.queue, keeping);
  return (from.isNote ? noted(body, from, keeping) : undefined) ?? quarantined(record, from, keeping);
}

function deadLetter(
  { messageId, body, sentAtMs, enqueuedAtMs, claimedAtMs }: SetAsideRecord,
  queue: OriginQueue,
  { nowMs, keptMs }: Keeping,
): SetAside {
  const isMail = queue === "send" || queue === "parked";
  return {
    place: "dead-letters",
    name: setAsideName(sentAtMs, messageId),
    queue,
    ...(isMail ? namesInMessage(body) : namesInEvent(body)),
    ...deadLetterReasons[queue],
    atMs: nowMs,
    // A standard queue keeps a message's first time when it moves it to its dead letters.
    enqueuedAtMs: enqueuedAtMs ?? sentAtMs,
    claimedAtMs,
    keptUntilMs: nowMs + keptMs,
    body: { name: messageId, pieces: 1 },
  };
}

function quarantined(
  { messageId, body, sentAtMs, enqueuedAtMs, claimedAtMs }: SetAsideRecord,
  { code, sentence, piece }: FromQuarantine,
  { keptMs }: Keeping,
): SetAside {
  // The version before named no first piece, and no first time: each of its pieces is an entry of its own.
  const isAlone = piece !== undefined && enqueuedAtMs === undefined;
  return {
    place: "quarantine",
    name: setAsideName(sentAtMs, messageId),
    queue: "send",
    ...namesInMessage(body),
    code,
    sentence: isAlone ? `${sentence} (Part ${piece.index} of ${piece.of} of its body.)` : sentence,
    atMs: sentAtMs,
    enqueuedAtMs,
    claimedAtMs,
    keptUntilMs: sentAtMs + keptMs,
    body: { name: messageId, pieces: isAlone ? 1 : (piece?.of ?? 1) },
  };
}

function noted(body: string, { code, sentence }: FromQuarantine, { keptMs }: Keeping): SetAside | undefined {
  const note = parseNote(body);
  if (note === undefined) return undefined;
  const { name, id, stream, atMs } = note;
  return {
    place: "quarantine",
    name: setAsideName(atMs, name),
    queue: "send",
    id,
    stream,
    code,
    sentence,
    atMs,
    enqueuedAtMs: undefined,
    keptUntilMs: atMs + keptMs,
    body: undefined,
  };
}
