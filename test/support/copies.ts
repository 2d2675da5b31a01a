import { createHash } from "node:crypto";
import { receiptLifeMs } from "../../shared/adapters/dynamo/receipt-store.ts";
import type { DispatchRecord } from "../../shared/app/dispatch/dispatch-ports.ts";
import { circuitAt } from "../../shared/domain/sending/circuit.ts";
import { account } from "../../shared/domain/sending/circuit-scope.ts";
import type { Receipt } from "../../shared/domain/sending/claim.ts";
import type { KeptTimes } from "../../shared/domain/sending/id-life.ts";
import { dayMs, utcDay } from "../../shared/domain/utc-day.ts";
import { bodyKeptMs } from "../../shared/ports/held-mail.ts";
import { minuteMs, parsed } from "./builders.ts";
import { TestDispatcher } from "./dispatcher.ts";
import type { ManualClock } from "./fakes/manual-clock.ts";
import { MemoryReceipts } from "./fakes/memory-receipts.ts";

/** Receipts that are gone on the day on which they may be forgotten. */
class ForgettingReceipts extends MemoryReceipts {
  readonly #clock: ManualClock;
  readonly #untilMs = new Map<string, number>();

  constructor(clock: ManualClock) {
    super();
    this.#clock = clock;
  }

  override async put(receipt: Receipt): Promise<void> {
    this.#untilMs.set(receipt.batch, this.#clock.nowMs() + receiptLifeMs);
    return super.put(receipt);
  }

  override async get(batch: string): Promise<Receipt | undefined> {
    return (this.#untilMs.get(batch) ?? 0) < this.#clock.nowMs() ? undefined : super.get(batch);
  }
}

/** One copy of a message on its way. */
interface Copy {
  readonly body: string;
  /** What it carries with it; undefined where its queue alone knows when it came. */
  readonly times: KeptTimes | undefined;
  /** When it came to where it is, epoch ms. */
  readonly sinceMs: number;
  /** How long it lay where it was not meant to lie, ms since its id was last looked up: in dead letters, or due and held. */
  readonly lostMs: number;
}

/** How long a queue keeps a message, ms. */
const retentionMs = 4 * dayMs;

/**
 * Copies of messages under one id, wherever they may wait, over a dispatcher whose stores forget on the day. SES takes
 * every call.
 */
export class Copies {
  readonly dispatcher = new TestDispatcher({ sharedAllowed: false, whenFull: "hold", longestHoldMs: 7 * dayMs });
  readonly queue: Copy[] = [];
  readonly parked: Copy[] = [];
  readonly dead: Copy[] = [];
  isStopped = false;
  hasRoom = false;
  /** Copies that ended in quarantine for their age although they had lain nowhere by accident for two weeks. */
  readonly diedWaiting: string[] = [];
  /** And others: nobody knew any more whether they were sent. */
  diedLost = 0;
  /** The content that first claimed the id. */
  #owner: string | undefined;
  readonly #receipts = new ForgettingReceipts(this.dispatcher.clock);

  constructor() {
    this.dispatcher.instead = { receipts: this.#receipts };
  }

  get nowMs(): number {
    return this.dispatcher.clock.nowMs();
  }

  get sent(): number {
    return this.dispatcher.sender.calls.length;
  }

  /** Mail that was sent although its id was another content's. */
  get foreign(): readonly string[] {
    const sent = this.dispatcher.sender.calls.map(({ email }) => email.Destination.ToAddresses?.[0] ?? "");
    return sent.filter((to) => !this.#owner?.includes(to));
  }

  /** No copy is left that could still move. */
  get isOver(): boolean {
    return this.queue.length + this.parked.length + this.dispatcher.held.all.length === 0;
  }

  enqueue(body: string): void {
    this.queue.push({ body, times: undefined, sinceMs: this.nowMs, lostMs: 0 });
  }

  /** SQS delivers at least once: the same message stands there a second time. */
  double(): void {
    const [first] = this.queue;
    if (first !== undefined) this.queue.push(first);
  }

  /**
   * A day goes by, in which everything that is parked is looked at, the queue too before it forgets, and what is due before
   * its body may go.
   */
  async passDay(): Promise<void> {
    this.dispatcher.clock.advance(dayMs);
    const isLate = this.dispatcher.held.all.some(({ untilMs }) => this.nowMs - untilMs > bodyKeptMs - dayMs);
    if (isLate) await this.release(false, false);
    for (const copy of this.parked.splice(0)) await this.#work(copy, true);
    const old = this.queue.filter(({ sinceMs }) => this.nowMs - sinceMs > retentionMs - dayMs);
    for (const copy of old) {
      this.queue.splice(this.queue.indexOf(copy), 1);
      await this.#work(copy, false);
    }
  }

  async deliver(): Promise<void> {
    const copy = this.queue.shift();
    if (copy !== undefined) await this.#work(copy, false);
  }

  /** What is due goes back to the queue, or everything that waits for room. @param twice - the run dies in between */
  async release(all: boolean, twice: boolean): Promise<void> {
    const { held } = this.dispatcher;
    const due = held.all.filter(({ because, untilMs }) => untilMs <= this.nowMs || (all && because !== "send-after"));
    for (const message of due) {
      const body = (await held.body(message)) ?? "";
      const { enqueuedAtMs, claimedAtMs } = message;
      const lostMs = Math.max(0, this.nowMs - message.untilMs);
      this.queue.push({ body, times: { enqueuedAtMs, claimedAtMs }, sinceMs: this.nowMs, lostMs });
      if (!twice) await held.remove(message);
    }
  }

  /** A message that could not be worked, again and again. */
  die(): void {
    const unworked = this.queue.shift();
    const copy = unworked === undefined ? this.parked.shift() : { ...unworked, lostMs: this.#lostMs(unworked) };
    if (copy === undefined) return;
    const enqueuedAtMs = copy.times?.enqueuedAtMs ?? copy.sinceMs;
    this.dead.push({ ...copy, times: { ...copy.times, enqueuedAtMs }, sinceMs: this.nowMs });
  }

  requeue(): void {
    for (const copy of this.dead.splice(0)) {
      this.queue.push({ ...copy, sinceMs: this.nowMs, lostMs: this.#lostMs(copy) });
    }
  }

  /** For how long nobody looked at a copy until now: it lay in dead letters, or on a queue that nobody worked, ms. */
  #lostMs({ lostMs, sinceMs }: Copy): number {
    return lostMs + this.nowMs - sinceMs;
  }

  async #work(copy: Copy, parked: boolean): Promise<void> {
    const { clock, circuits, allowances, parking, quarantine } = this.dispatcher;
    clock.advance(minuteMs);
    if (this.isStopped) await circuits.open(circuitAt(account, "ses-paused", this.nowMs));
    const key = { pool: "news", route: "warming", provider: "gmail", day: utcDay(this.nowMs) } as const;
    if (this.hasRoom) allowances.grant(key, 1_000);
    const before = parking.messages.length;
    const record = recordOf(copy, parked);
    const claims = this.dispatcher.claims.of(record.message.id)?.batch;
    const [outcome] = await this.dispatcher.dispatch(record);
    const wasLookedUp = this.dispatcher.claims.of(record.message.id)?.batch !== claims;
    if (wasLookedUp) this.#owner ??= copy.body;
    const lostMs = wasLookedUp ? 0 : copy.lostMs;
    for (const { body, enqueuedAtMs, claimedAtMs } of parking.messages.slice(before)) {
      this.parked.push({ body, times: { enqueuedAtMs, claimedAtMs }, sinceMs: this.nowMs, lostMs });
    }
    if (outcome?.kind === "again") this.queue.push(copy);
    const last = quarantine.kept.at(-1);
    if (outcome?.kind !== "quarantined" || last?.reason.code !== "too-old") return;
    const unseenMs = parked ? copy.lostMs : this.#lostMs(copy);
    if (unseenMs <= 14 * dayMs) this.diedWaiting.push(new Date(this.nowMs).toISOString());
    else this.diedLost += 1;
  }
}

let records = 0;

function recordOf({ body, times, sinceMs }: Copy, parked: boolean): DispatchRecord {
  records += 1;
  return {
    recordId: `copy-${records}`,
    body,
    message: parsed(JSON.parse(body)),
    fingerprint: createHash("sha256").update(body).digest("base64url").slice(0, 22),
    enqueuedAtMs: times?.enqueuedAtMs ?? sinceMs,
    claimedAtMs: times?.claimedAtMs,
    receives: 1,
    parked,
    parkings: 0,
    parkedSinceMs: 0,
  };
}
