/** Mails are named by 9 characters of base64url, 54 bits: they are kept as numbers of 5 and of 4 characters. */
const nameLength = 9;
const highLength = 5;

const bitsOf = new Map([..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].map((c, n) => [c, n]));
/** By code of a character; 255 for what is no base64url. */
const digits = Uint8Array.from({ length: 128 }, (_, code) => bitsOf.get(String.fromCharCode(code)) ?? 255);

const firstCells = 16;

/** Part of the cells that may be taken before there are twice as many. */
const mostTaken = 0.75;

/**
 * One slot for each mail. A million mails take 20 MB, in a Map of texts 80: a function holds two days of them. What is
 * named otherwise goes to a Map.
 */
export class MailSlots {
  readonly #others = new Map<string, number>();
  /** In each cell a mail and its slot; 0 is an empty cell, so the high half and the slot are one more than they say. */
  #high = new Uint32Array(firstCells);
  #low = new Uint32Array(firstCells);
  #slots = new Uint32Array(firstCells);
  #taken = 0;

  /**
   * Puts a mail to a slot unless it is at an earlier one.
   * @param slot - a whole number from 0 to 2^32 - 2
   * @returns the slot it was at before; undefined when it is new
   */
  lower(mail: string, slot: number): number | undefined {
    const high = numberIn(mail, 0, highLength);
    const low = numberIn(mail, highLength, nameLength);
    if (mail.length !== nameLength || high === undefined || low === undefined) return this.#lowerOther(mail, slot);
    const cell = this.#cellOf(high + 1, low);
    const before = this.#slots[cell] ?? 0;
    if (before !== 0 && before <= slot + 1) return before - 1;
    this.#high[cell] = high + 1;
    this.#low[cell] = low;
    this.#slots[cell] = slot + 1;
    if (before !== 0) return before - 1;
    this.#taken += 1;
    if (this.#taken > this.#slots.length * mostTaken) this.#grow();
    return undefined;
  }

  #lowerOther(mail: string, slot: number): number | undefined {
    const before = this.#others.get(mail);
    if (before === undefined || before > slot) this.#others.set(mail, slot);
    return before;
  }

  /** The mail's cell, or the empty one it would take. */
  #cellOf(high: number, low: number): number {
    const last = this.#slots.length - 1;
    const mixed = Math.imul(high ^ Math.imul(low, 0x9e3779b1), 0x85ebca6b);
    let cell = (mixed ^ (mixed >>> 15)) & last;
    while (this.#slots[cell] !== 0 && !(this.#high[cell] === high && this.#low[cell] === low)) cell = (cell + 1) & last;
    return cell;
  }

  #grow(): void {
    const [high, low, slots] = [this.#high, this.#low, this.#slots];
    const cells = slots.length * 2;
    this.#high = new Uint32Array(cells);
    this.#low = new Uint32Array(cells);
    this.#slots = new Uint32Array(cells);
    for (const [from, slot] of slots.entries()) {
      if (slot === 0) continue;
      const to = this.#cellOf(high[from] ?? 0, low[from] ?? 0);
      this.#high[to] = high[from] ?? 0;
      this.#low[to] = low[from] ?? 0;
      this.#slots[to] = slot;
    }
  }
}

/** Part of a text as a number; undefined where it is not base64url. */
function numberIn(text: string, from: number, to: number): number | undefined {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = digits[text.charCodeAt(at)] ?? 255;
    if (digit === 255) return undefined;
    value = value * 64 + digit;
  }
  return value;
}
