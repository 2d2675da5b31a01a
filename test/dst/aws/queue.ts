import type { Random } from "../engine/random.ts";

export interface QueueSettings {
  readonly name: string;
  /** How long a received message is hidden, ms. */
  readonly visibilityMs: number;
  /** How long each new message stays hidden unless its sender says otherwise, ms. */
  readonly delayMs: number;
  /** Receives after which the next one sets a message aside. */
  readonly maxReceives: number;
}

/** A message as the queue keeps it. */
export interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly sentAtMs: number;
  visibleAtMs: number;
  receives: number;
  firstReceivedAtMs: number | undefined;
  /** Of the last receive; older ones no longer change anything. */
  handle: string;
}

/** A standard SQS queue with dead letters behind it. */
export class Queue {
  readonly settings: QueueSettings;
  readonly url: string;
  readonly messages = new Map<string, QueuedMessage>();
  readonly deadLetters: QueuedMessage[] = [];
  /** Called when a message may be received at a moment, epoch ms. */
  whenVisible: (atMs: number) => void = () => {};
  #sent = 0;
  #received = 0;

  constructor(settings: QueueSettings) {
    this.settings = settings;
    this.url = `https://sqs/000000000000/${settings.name}`;
  }

  /** @returns the message's id */
  send(message: Pick<QueuedMessage, "body" | "attributes">, nowMs: number, delayMs = this.settings.delayMs): string {
    this.#sent += 1;
    const id = `${this.settings.name}-${this.#sent}`;
    const visibleAtMs = nowMs + delayMs;
    this.messages.set(id, {
      ...message,
      id,
      sentAtMs: nowMs,
      visibleAtMs,
      receives: 0,
      firstReceivedAtMs: undefined,
      handle: "",
    });
    this.whenVisible(visibleAtMs);
    return id;
  }

  /** Takes up to `most` messages at random. What was received too often goes to the dead letters instead. */
  receive(most: number, nowMs: number, random: Random): QueuedMessage[] {
    const visible = random.shuffle([...this.messages.values()].filter(({ visibleAtMs }) => visibleAtMs <= nowMs));
    const taken: QueuedMessage[] = [];
    for (const message of visible) {
      if (taken.length === most) break;
      if (message.receives >= this.settings.maxReceives) {
        this.messages.delete(message.id);
        this.deadLetters.push(message);
        continue;
      }
      this.#received += 1;
      message.receives += 1;
      message.firstReceivedAtMs ??= nowMs;
      message.handle = `${message.id}/${this.#received}`;
      message.visibleAtMs = nowMs + this.settings.visibilityMs;
      this.whenVisible(message.visibleAtMs);
      taken.push({ ...message });
    }
    return taken;
  }

  /** Lets a message that was just received be received a second time, as a standard queue may. */
  showAgain(id: string, atMs: number): void {
    const message = this.messages.get(id);
    if (message === undefined) return;
    message.visibleAtMs = atMs;
    this.whenVisible(atMs);
  }

  /** A handle of an earlier receive deletes nothing: the message was received again since. */
  delete(handle: string): void {
    const message = this.#of(handle);
    if (message !== undefined) this.messages.delete(message.id);
  }

  changeVisibility(handle: string, hiddenMs: number, nowMs: number): void {
    const message = this.#of(handle);
    if (message === undefined) return;
    message.visibleAtMs = nowMs + hiddenMs;
    this.whenVisible(message.visibleAtMs);
  }

  /** Moves dead letters back, as an operator does: each becomes a new message with a new time. @returns those */
  redrive(nowMs: number): readonly QueuedMessage[] {
    const moved = this.deadLetters.splice(0);
    for (const { body, attributes } of moved) this.send({ body, attributes }, nowMs, 0);
    return moved;
  }

  /** When the next message may be received, epoch ms; undefined when there is none. */
  nextVisibleMs(): number | undefined {
    let next: number | undefined;
    for (const { visibleAtMs } of this.messages.values()) {
      if (next === undefined || visibleAtMs < next) next = visibleAtMs;
    }
    return next;
  }

  #of(handle: string): QueuedMessage | undefined {
    const message = this.messages.get(handle.slice(0, handle.lastIndexOf("/")));
    return message?.handle === handle ? message : undefined;
  }
}
