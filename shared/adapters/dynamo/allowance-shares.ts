import type { UpdateItemCommandInput } from "@aws-sdk/client-dynamodb";
import { openOf, type RoomReason, roomIn, whyNoRoom } from "../../domain/sending/allowance.ts";
import type { Demand } from "../../domain/sending/share-out.ts";
import { allowanceAttribute, allowanceIn } from "./allowance-item.ts";
import { type Item, number } from "./attributes.ts";

/** What a reservation takes of one provider's allowance. */
export interface Share {
  readonly recipients: number;
  /** Recipients that may have been used before. */
  readonly most: number;
  readonly epoch: number;
  /** Why it is less than was asked; undefined where it is all. */
  readonly short: RoomReason | undefined;
}

/** By mailbox provider. */
export type Shares = ReadonlyMap<string, Share>;

/** What of a demand seems to fit: shares where there is room, and the reason where there is none. */
export function sharesOf(
  demand: Demand,
  item: Item | undefined,
  nowMs: number,
): { readonly shares: Shares; readonly full: ReadonlyMap<string, RoomReason> } {
  const shares = new Map<string, Share>();
  const full = new Map<string, RoomReason>();
  for (const [provider, asked] of demand) {
    const allowance = allowanceIn(item, provider);
    const short = whyNoRoom(allowance, asked, nowMs);
    const recipients = allowance === undefined ? 0 : Math.min(asked, roomIn(allowance, nowMs));
    if (allowance === undefined || recipients === 0) full.set(provider, short ?? "no-allowance");
    else
      shares.set(provider, {
        recipients,
        most: openOf(allowance, nowMs) - recipients,
        epoch: allowance.epoch,
        short,
      });
  }
  return { shares, full };
}

/** Attributes of an item that name who reserved last; a reservation uses one of them, by its name. */
const guards = 16;

/** A reservation's name as it stands in the item: short, because every item carries sixteen. */
function marked(name: string): string {
  return name.slice(-8);
}

/** The attribute a reservation is guarded by. */
function guardOf(name: string): string {
  let sum = 0;
  for (const letter of name) sum += letter.charCodeAt(0);
  return `g${sum % guards}`;
}

/** True where a reservation of this name was the last to take its guard: it was applied. */
export function isAppliedTo(item: Item | undefined, name: string): boolean {
  return item?.[guardOf(name)]?.S === marked(name);
}

/** Takes all shares or none: each has room (a condition cannot subtract) and the epoch it was worked out by. */
export function takingAll(
  shares: Shares,
  name: string,
): Pick<
  UpdateItemCommandInput,
  "UpdateExpression" | "ConditionExpression" | "ExpressionAttributeNames" | "ExpressionAttributeValues"
> {
  const guard = guardOf(name);
  const unguarded = `(attribute_not_exists(${guard}) OR ${guard} <> :name)`;
  const each = [...shares].map(([provider, share], index) => ({ provider, share, index }));
  return {
    UpdateExpression: `SET ${each.map(({ index }) => `#p${index}.used = #p${index}.used + :n${index}`).join(", ")}, ${guard} = :name`,
    ConditionExpression: [...each.flatMap(({ index }) => [hasRoom(index), sameEpoch(index)]), unguarded].join(" AND "),
    ExpressionAttributeNames: Object.fromEntries(
      each.map(({ provider, index }) => [`#p${index}`, allowanceAttribute(provider)]),
    ),
    ExpressionAttributeValues: {
      ":name": { S: marked(name) },
      ...Object.fromEntries(each.flatMap(({ share, index }) => valuesOf(share, index))),
    },
  };
}

/** Refuses when others took the room meanwhile. */
function hasRoom(index: number): string {
  return `#p${index}.used <= :most${index}`;
}

/** Refuses when a brake or a ramp landed a moment ago. */
function sameEpoch(index: number): string {
  return `#p${index}.epoch = :epoch${index}`;
}

function valuesOf({ recipients, most, epoch }: Share, index: number): [string, ReturnType<typeof number>][] {
  return [
    [`:n${index}`, number(recipients)],
    [`:most${index}`, number(most)],
    [`:epoch${index}`, number(epoch)],
  ];
}
