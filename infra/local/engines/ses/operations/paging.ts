import * as z from "zod";
import { SesError } from "../ses-error.ts";

/** Input fields of a list that comes in pages; in a query they are texts. */
export const pageFields = {
  NextToken: z.string().optional(),
  PageSize: z.coerce.number().int().min(1).max(1000).optional(),
};

/** One page of a list, and the token for the next one where there is more. */
export function pageOf<T>(
  items: readonly T[],
  page: { NextToken?: string | undefined; PageSize?: number | undefined },
): { items: T[]; token: { NextToken?: string } } {
  const from = page.NextToken === undefined ? 0 : readToken(page.NextToken);
  const to = from + (page.PageSize ?? 1000);
  const token = to < items.length ? { NextToken: Buffer.from(`from:${to}`).toString("base64url") } : {};
  return { items: items.slice(from, to), token };
}

function readToken(token: string): number {
  const from = /^from:(\d+)$/.exec(Buffer.from(token, "base64url").toString())?.[1];
  if (from === undefined)
    throw new SesError("InvalidNextTokenException", "The specified request includes an invalid or expired token.");
  return Number(from);
}
