import type { SendMessage } from "../../contracts/send-message.ts";
import type { ProviderDirectory } from "../../domain/routing/mailbox-provider.ts";
import type { Pool } from "../../domain/routing/pool.ts";
import type { Stream } from "../../domain/routing/stream.ts";
import type { UtcDay } from "../../domain/utc-day.ts";
import type { AllowanceStore } from "../../ports/allowance-store.ts";
import type { Chance } from "../../ports/chance.ts";
import type { ClaimStore } from "../../ports/claim-store.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DeadAddresses } from "../../ports/dead-addresses.ts";
import type { HeldMail } from "../../ports/held-mail.ts";
import type { Log } from "../../ports/log.ts";
import type { MailSender } from "../../ports/mail-sender.ts";
import type { Metrics } from "../../ports/metrics.ts";
import type { Parking } from "../../ports/parking.ts";
import type { ProofStore } from "../../ports/proof-store.ts";
import type { Quarantine } from "../../ports/quarantine.ts";
import type { ReceiptStore } from "../../ports/receipt-store.ts";
import type { RecentWalls } from "../recent-walls.ts";
import type { RecentCircuits } from "./recent-circuits.ts";
import type { SendPace } from "./send-pace.ts";
import type { Witnesses } from "./witnesses.ts";

/** What dispatching needs from outside. */
export interface DispatchPorts {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly deadAddresses: Pick<DeadAddresses, "among">;
  readonly claims: ClaimStore;
  readonly receipts: ReceiptStore;
  readonly proofs: ProofStore;
  readonly allowances: AllowanceStore;
  readonly walls: Pick<RecentWalls, "levels">;
  readonly circuits: Pick<RecentCircuits, "openNow" | "open" | "probe" | "close" | "isSilent" | "hear">;
  readonly witnesses: Witnesses;
  readonly pace: Pick<SendPace, "turn" | "turnAfterMs" | "answered">;
  readonly sender: MailSender;
  readonly quarantine: Pick<Quarantine, "keep">;
  readonly parking: Parking;
  readonly held: HeldMail;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** How a deployment dispatches; fixed for the life of the function. */
export interface DispatchSettings {
  readonly streams: ReadonlyMap<string, Stream>;
  readonly pools: ReadonlyMap<string, Pool>;
  readonly providers: ProviderDirectory;
  /** Longest time one SES call may take, ms. */
  readonly sendTimeoutMs: number;
  /** SES calls open at once. */
  readonly sendConcurrency: number;
}

/** One well-formed record of the send queue or the parked queue. */
export interface DispatchRecord {
  /** Names the record in the answer to the queue; nothing else may be keyed on it. */
  readonly recordId: string;
  /** The body as it came, for keeping and re-queueing it unchanged. */
  readonly body: string;
  readonly message: SendMessage;
  /** Hash of the message's content. */
  readonly fingerprint: string;
  /** First time it was put on the send queue, epoch ms. */
  readonly enqueuedAtMs: number;
  /** How often its queue has delivered it, this time included. */
  readonly receives: number;
  /** True when it comes from the parked queue. */
  readonly parked: boolean;
  /** How often it was parked before, in a row. */
  readonly parkings: number;
  /** When the row began, epoch ms: now, if it was not parked before. */
  readonly parkedSinceMs: number;
}

/** What is decided once for a whole batch, from one reading of the clock. */
export interface Batch {
  readonly id: string;
  readonly nowMs: number;
  readonly day: UtcDay;
  /** No SES call starts after this moment, epoch ms. */
  readonly sendUntilMs: number;
  /** Until then this batch may be at work, epoch ms: the deadline of its claims. */
  readonly claimDeadlineMs: number;
}
