import * as z from "zod";
import { control, type Operation } from "../operation.ts";
import { notFound } from "../ses-error.ts";
import { SuppressionReason } from "../state/registry.ts";
import { pageFields, pageOf } from "./paging.ts";

const OneAddress = z.object({ EmailAddress: z.string() });
const Reasons = z.union([SuppressionReason, z.array(SuppressionReason)]).optional();

/** Times in JSON are seconds. */
const shown = (entry: { address: string; reason: SuppressionReason; atMs: number }): object => ({
  EmailAddress: entry.address,
  Reason: entry.reason,
  LastUpdateTime: entry.atMs / 1000,
});

export const suppressionOperations: Operation[] = [
  control(
    { action: "PutSuppressedDestination", method: "PUT", path: "/suppression/addresses" },
    OneAddress.extend({ Reason: SuppressionReason }),
    ({ registry, nowMs }, { EmailAddress: address, Reason: reason }) => {
      registry.suppressed.put(address.toLowerCase(), { address, reason, atMs: nowMs() });
      return {};
    },
  ),
  control(
    { action: "ListSuppressedDestinations", method: "GET", path: "/suppression/addresses" },
    z.object({
      ...pageFields,
      Reason: Reasons,
      StartDate: z.coerce.date().optional(),
      EndDate: z.coerce.date().optional(),
    }),
    ({ registry }, input) => {
      const reasons = input.Reason === undefined ? SuppressionReason.options : [input.Reason].flat();
      const fromMs = input.StartDate?.getTime() ?? Number.NEGATIVE_INFINITY;
      const toMs = input.EndDate?.getTime() ?? Number.POSITIVE_INFINITY;
      const wanted = registry.suppressed
        .values()
        .filter(({ reason, atMs }) => reasons.includes(reason) && atMs >= fromMs && atMs <= toMs);
      const { items, token } = pageOf(wanted, input);
      return { SuppressedDestinationSummaries: items.map(shown), ...token };
    },
  ),
  control(
    { action: "GetSuppressedDestination", method: "GET", path: "/suppression/addresses/{EmailAddress}" },
    OneAddress,
    ({ registry }, { EmailAddress: address }) => {
      const entry = registry.suppressed.get(address.toLowerCase());
      if (entry === undefined) throw notFound(`Email address ${address} does not exist on your suppression list.`);
      return { SuppressedDestination: shown(entry) };
    },
  ),
  control(
    { action: "DeleteSuppressedDestination", method: "DELETE", path: "/suppression/addresses/{EmailAddress}" },
    OneAddress,
    ({ registry }, { EmailAddress: address }) => {
      if (!registry.suppressed.delete(address.toLowerCase())) {
        throw notFound(`Email address ${address} does not exist on your suppression list.`);
      }
      return {};
    },
  ),
];
