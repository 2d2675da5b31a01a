import { type Brake, sameBrake } from "../../../shared/domain/brakes/brake.ts";
import { mailboxProviderGroup } from "../../../shared/domain/routing/mailbox-provider.ts";
import {
  type Allowance,
  type AllowanceKey,
  allowanceKeyText,
  type RouteDay,
  roomIn,
  whyNoRoom,
} from "../../../shared/domain/sending/allowance.ts";
import type { Demand } from "../../../shared/domain/sending/share-out.ts";
import type { AllowanceLedger, AllowanceReading, OpenedBy } from "../../../shared/ports/allowance-ledger.ts";
import type { AllowanceStore, Reservation, Reservations } from "../../../shared/ports/allowance-store.ts";

/** Allowances of the send path and of the ramp, over the same figures. */
export class MemoryAllowances implements AllowanceStore, AllowanceLedger {
  readonly #kept = new Map<string, Allowance>();
  #lostReplies = 0;
  /** The moment brakes are judged at, epoch ms. */
  nowMs = 0;
  /** Every reservation asked for, in order. */
  readonly asked: { readonly key: AllowanceKey; readonly recipients: number }[] = [];

  async reserve(of: RouteDay, demand: Demand): Promise<Reservations> {
    const groups = Map.groupBy(demand, ([provider]) => mailboxProviderGroup(provider));
    return new Map([...groups.values()].flatMap((group) => this.#reserveAll(of, group)));
  }

  /** One update for all providers of a group: its reply is there for all of them, or for none. */
  #reserveAll(of: RouteDay, group: readonly [string, number][]): [string, Reservation][] {
    const reserved = group.map(([provider, recipients]): [string, Reservation] => [
      provider,
      this.#reserve({ ...of, provider }, recipients),
    ]);
    const isLost = this.#lostReplies > 0 && reserved.some(([, { kind }]) => kind === "granted");
    if (!isLost) return reserved;
    this.#lostReplies -= 1;
    return reserved.map(([provider, each]) => [provider, each.kind === "granted" ? { kind: "unknown" } : each]);
  }

  #reserve(key: AllowanceKey, recipients: number): Reservation {
    this.asked.push({ key, recipients });
    const allowance = this.of(key);
    const short = whyNoRoom(allowance, recipients, this.nowMs);
    const granted = allowance === undefined ? 0 : Math.min(recipients, roomIn(allowance, this.nowMs));
    if (allowance === undefined || granted === 0) return { kind: "none", because: short ?? "no-allowance" };
    this.#put(key, { ...allowance, used: allowance.used + granted });
    return { kind: "granted", recipients: granted, epoch: allowance.epoch, ...(short !== undefined && { short }) };
  }

  async release(key: AllowanceKey, recipients: number, epoch: number): Promise<void> {
    const allowance = this.of(key);
    if (allowance === undefined || allowance.used < recipients) return;
    const { brake } = allowance;
    const lowered =
      brake === undefined || allowance.epoch === epoch ? brake : { ...brake, floor: brake.floor - recipients };
    const used = allowance.used - recipients;
    this.#put(key, { ...allowance, used, ...(lowered !== undefined && { brake: lowered }) });
  }

  async read(keys: readonly AllowanceKey[]): Promise<readonly AllowanceReading[]> {
    return keys.flatMap((key) => {
      const allowance = this.of(key);
      return allowance === undefined ? [] : [{ key, allowance }];
    });
  }

  async open(key: AllowanceKey, limit: number, { pace, brake }: OpenedBy = {}): Promise<boolean> {
    if (this.of(key) !== undefined) return false;
    this.#put(key, { limit, used: 0, epoch: 1, ...(pace !== undefined && { pace }) });
    if (brake !== undefined) await this.setBrake(key, brake);
    return true;
  }

  async setLimit(key: AllowanceKey, limit: number): Promise<void> {
    const before = this.of(key);
    if (before !== undefined) this.#put(key, { ...before, limit, epoch: before.epoch + 1 });
  }

  async setBrake(key: AllowanceKey, brake: Brake): Promise<boolean> {
    const allowance = this.of(key);
    if (allowance === undefined || sameBrake(allowance.brake, brake)) return false;
    const { step, trickles, sinceMs, untilMs } = brake;
    const inForce = { step, trickles, sinceMs, untilMs, floor: allowance.used };
    this.#put(key, { ...allowance, epoch: allowance.epoch + 1, brake: inForce });
    return true;
  }

  /** An allowance as a test wants it. */
  grant(key: AllowanceKey, limit: number, used = 0, more: Pick<Allowance, "pace" | "brake"> = {}): void {
    this.#put(key, { limit, used, epoch: 1, ...more });
  }

  /** The next reservation is carried out, and its answer lost. */
  loseNextReply(): void {
    this.#lostReplies += 1;
  }

  of(key: AllowanceKey): Allowance | undefined {
    return this.#kept.get(allowanceKeyText(key));
  }

  #put(key: AllowanceKey, allowance: Allowance): void {
    this.#kept.set(allowanceKeyText(key), allowance);
  }
}
