import { allowanceIn } from "../../../shared/adapters/dynamo/allowance-item.ts";
import { openUnder } from "../../../shared/domain/brakes/brake.ts";
import type { Allowance } from "../../../shared/domain/sending/allowance.ts";
import { openPart } from "../../../shared/domain/sending/pace.ts";
import type { Item } from "../aws/attribute-values.ts";
import type { Invocation } from "../engine/instance.ts";
import type { Scheduler } from "../engine/scheduler.ts";
import { providerNames, providers } from "../system/configuration.ts";
import type { SendAttempt } from "./evidence.ts";

/** Largest difference of a clock, ms. */
const skewMs = 5_000;

/** How long ago a reservation may have been worked out that arrives now, ms. */
const replyMs = 15_000;

/** One allowance, as the table has it and as SES's side of the simulation counts it. */
interface Account {
  limit: number;
  used: number;
  /** Recipients SES took under it. */
  sent: number;
  /** Units by the invocation that took them: reserved less released, sent, and in calls that have no end yet. */
  readonly by: Map<Invocation, { reserved: number; sent: number; open: number }>;
}

/** Watches every allowance: what is reserved stays within the limit, and what is sent within what is reserved. */
export class AllowanceWatch {
  overAllowance = 0;
  /** Units reserved that were neither sent nor released, and that no unknown outcome accounts for. */
  leaked = 0;
  /** All limits together. */
  limits = 0;
  readonly #accounts = new Map<string, Account>();
  /** Names of reservations that were applied, and runs of which one was applied twice. */
  readonly #names = new Set<string>();
  readonly #repeated = new Set<Invocation>();
  readonly #scheduler: Scheduler;
  readonly #faults: string[];

  constructor(scheduler: Scheduler, faults: string[]) {
    this.#scheduler = scheduler;
    this.#faults = faults;
  }

  /** An item with the allowances of a provider group changes. */
  written(before: Item | undefined, after: Item | undefined, invocation: Invocation | undefined): void {
    if (after === undefined) return;
    const taken = providerNames.map((provider) => {
      const [was, is] = [allowanceIn(before, provider), allowanceIn(after, provider)];
      if (is === undefined) {
        if (was !== undefined) this.#faults.push(`${after.pk?.S} loses the allowance of ${provider}`);
        return 0;
      }
      const account = this.#account(accountName(after, provider));
      account.limit = is.limit;
      account.used = is.used;
      const units = is.used - (was?.used ?? 0);
      if (units !== 0 && invocation !== undefined) this.#taken(account, is, { provider, units, invocation });
      return units;
    });
    if (invocation !== undefined && taken.some((units) => units > 0)) this.#noteRepeat(before, after, invocation);
  }

  #taken(
    account: Account,
    allowance: Allowance,
    {
      provider,
      units,
      invocation,
    }: { readonly provider: string; readonly units: number; readonly invocation: Invocation },
  ): void {
    this.#of(account, invocation).reserved += units;
    const most = this.#open(allowance);
    if (units > 0 && allowance.used > most) this.#over(allowance.used - most, `${provider} reserved over its limit`);
  }

  /**
   * A reservation that is made again after its answer was lost, and whose name another has overwritten meanwhile, is
   * taken twice: a leak that the product knows of and accepts.
   */
  #noteRepeat(before: Item | undefined, after: Item, invocation: Invocation): void {
    for (const [attribute, { S: name }] of Object.entries(after)) {
      if (!/^g\d+$/.test(attribute) || name === undefined || before?.[attribute]?.S === name) continue;
      if (this.#names.has(name)) this.#repeated.add(invocation);
      this.#names.add(name);
    }
  }

  /** What may be used in all at this moment, on the clock that is furthest ahead. */
  #open({ limit, brake, pace = "open" }: Allowance): number {
    const nowMs = this.#scheduler.nowMs;
    const parts = [nowMs - replyMs, nowMs, nowMs + skewMs].map((atMs) => openPart(pace, new Date(atMs).getUTCHours()));
    const paced = Math.ceil(limit * Math.max(...parts));
    return brake === undefined ? paced : Math.min(paced, openUnder(brake, limit, nowMs + skewMs));
  }

  begun(attempt: SendAttempt): void {
    this.#each(attempt, (_account, units, by) => {
      by.open += units;
    });
  }

  /** The caller of a call learned its end; nothing is learned of a call that stays unknown. */
  learned(attempt: SendAttempt): void {
    if (!attempt.known || attempt.acceptedMs.length > 0) return;
    this.#each(attempt, (_account, units, by) => {
      by.open -= units;
    });
  }

  accepted(attempt: SendAttempt): void {
    this.#each(attempt, (account, units, by, name) => {
      account.sent += units;
      by.sent += units;
      if (attempt.acceptedMs.length === 1) by.open -= units;
      if (account.sent > account.used) this.#over(account.sent - account.used, `${name} sent without reservation`);
    });
  }

  /**
   * Adds up what the days of shortage leaked. What is opened later is opened wide, and not looked at.
   * @param told - runs that logged that they may leave allowance on the used side
   */
  close(told: ReadonlySet<Invocation>): void {
    for (const [name, { limit, by }] of this.#accounts) {
      this.limits += limit;
      for (const [invocation, { reserved, sent, open }] of by) {
        const units = reserved - sent - open;
        if (invocation.cut || units <= 0) continue;
        this.leaked += units;
        if (!told.has(invocation) && !this.#repeated.has(invocation))
          this.#faults.push(`${name} leaked ${units} in silence`);
      }
    }
  }

  #over(units: number, what: string): void {
    this.overAllowance += units;
    this.#faults.push(what);
  }

  #each(
    { call }: SendAttempt,
    visit: (
      account: Account,
      units: number,
      by: { reserved: number; sent: number; open: number },
      name: string,
    ) => void,
  ): void {
    const { "sw-pool": pool, "sw-route": kind, "sw-day": day } = call.tags;
    if (kind === "shared") return;
    const units = new Map<string, number>();
    for (const recipient of call.recipients) {
      const provider = providers.of(recipient.split("@")[1] ?? "");
      units.set(provider, (units.get(provider) ?? 0) + 1);
    }
    for (const [provider, count] of units) {
      const name = `${pool}/${kind}/${day}/${provider}`;
      const account = this.#account(name);
      const { invocation } = call.caller;
      if (invocation !== undefined) visit(account, count, this.#of(account, invocation), name);
    }
  }

  #account(name: string): Account {
    let account = this.#accounts.get(name);
    if (account === undefined) {
      account = { limit: 0, used: 0, sent: 0, by: new Map() };
      this.#accounts.set(name, account);
    }
    return account;
  }

  #of({ by }: Account, invocation: Invocation): { reserved: number; sent: number; open: number } {
    let units = by.get(invocation);
    if (units === undefined) {
      units = { reserved: 0, sent: 0, open: 0 };
      by.set(invocation, units);
    }
    return units;
  }
}

/** Of an item `allowance#POOL#ROUTE#GROUP`, DAY and one of its mailbox providers. */
function accountName({ pk, sk }: Item, provider: string): string {
  const [, pool, kind] = pk?.S?.split("#") ?? [];
  return `${pool}/${kind}/${sk?.S}/${provider}`;
}
