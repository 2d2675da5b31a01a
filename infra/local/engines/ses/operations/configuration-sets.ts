import * as z from "zod";
import type { SesContext } from "../context.ts";
import { defaultPool, sharedPool } from "../delivery/source-ip.ts";
import { control, type Operation } from "../operation.ts";
import { ofRoute } from "../refusals.ts";
import { SesError } from "../ses-error.ts";
import { type ConfigurationSet, SuppressionReason, Tag } from "../state/registry.ts";
import { pageFields, pageOf } from "./paging.ts";

const OneSet = z.object({ ConfigurationSetName: z.string() });
const DeliveryOptions = z.object({
  TlsPolicy: z.enum(["REQUIRE", "OPTIONAL"]).optional(),
  SendingPoolName: z.string().optional(),
  MaxDeliverySeconds: z.number().int().min(300).max(50_400).optional(),
});

const CreateInput = z.object({
  ConfigurationSetName: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  DeliveryOptions: DeliveryOptions.optional(),
  SendingOptions: z.object({ SendingEnabled: z.boolean().optional() }).optional(),
  ReputationOptions: z.object({ ReputationMetricsEnabled: z.boolean().optional() }).optional(),
  SuppressionOptions: z.object({ SuppressedReasons: z.array(SuppressionReason).optional() }).optional(),
  Tags: z.array(Tag).optional(),
});

export function findSet({ registry }: SesContext, name: string): ConfigurationSet {
  const set = registry.sets.get(name);
  if (set === undefined) throw ofRoute.noSet(name);
  return set;
}

/** A set's delivery options; all of them are replaced at once. */
function deliveryOf(
  { registry }: SesContext,
  options: z.infer<typeof DeliveryOptions>,
): Pick<ConfigurationSet, "tlsPolicy" | "sendingPoolName" | "maxDeliverySeconds"> {
  const { SendingPoolName: pool } = options;
  if (pool !== undefined && pool !== defaultPool && pool !== sharedPool && !registry.pools.has(pool)) {
    throw ofRoute.noPool(pool);
  }
  return {
    tlsPolicy: options.TlsPolicy ?? "OPTIONAL",
    sendingPoolName: pool,
    maxDeliverySeconds: options.MaxDeliverySeconds,
  };
}

function shown(set: ConfigurationSet): object {
  const { suppressedReasons } = set;
  return {
    ConfigurationSetName: set.name,
    DeliveryOptions: {
      TlsPolicy: set.tlsPolicy,
      SendingPoolName: set.sendingPoolName,
      MaxDeliverySeconds: set.maxDeliverySeconds,
    },
    ReputationOptions: { ReputationMetricsEnabled: set.reputationMetrics },
    SendingOptions: { SendingEnabled: set.sendingEnabled },
    ...(suppressedReasons === undefined ? {} : { SuppressionOptions: { SuppressedReasons: suppressedReasons } }),
    Tags: set.tags,
  };
}

function create(context: SesContext, input: z.infer<typeof CreateInput>): object {
  const name = input.ConfigurationSetName;
  if (context.registry.sets.has(name)) {
    throw new SesError("AlreadyExistsException", `Configuration set <${name}> already exists.`);
  }
  context.registry.sets.put(name, {
    name,
    ...deliveryOf(context, input.DeliveryOptions ?? {}),
    sendingEnabled: input.SendingOptions?.SendingEnabled ?? true,
    reputationMetrics: input.ReputationOptions?.ReputationMetricsEnabled === true,
    suppressedReasons: input.SuppressionOptions?.SuppressedReasons,
    destinations: [],
    tags: input.Tags ?? [],
  });
  return {};
}

/** A control call that changes one set. */
function change<S extends z.ZodType<{ ConfigurationSetName: string }>>(
  where: { action: string; path: string },
  schema: S,
  changed: (context: SesContext, input: z.output<S>) => Partial<ConfigurationSet>,
): Operation {
  const path = `/configuration-sets/{ConfigurationSetName}${where.path}`;
  return control({ action: where.action, method: "PUT", path }, schema, (context, input) => {
    const set = findSet(context, input.ConfigurationSetName);
    context.registry.sets.put(set.name, { ...set, ...changed(context, input) });
    return {};
  });
}

export const configurationSetOperations: Operation[] = [
  control({ action: "CreateConfigurationSet", method: "POST", path: "/configuration-sets" }, CreateInput, create),
  control(
    { action: "ListConfigurationSets", method: "POST", path: "/list-configuration-sets" },
    z.object(pageFields),
    ({ registry }, input) => {
      const { items, token } = pageOf(
        registry.sets.values().map(({ name }) => name),
        input,
      );
      return { ConfigurationSets: items, ...token };
    },
  ),
  control(
    { action: "GetConfigurationSet", method: "GET", path: "/configuration-sets/{ConfigurationSetName}" },
    OneSet,
    (context, input) => shown(findSet(context, input.ConfigurationSetName)),
  ),
  control(
    { action: "DeleteConfigurationSet", method: "DELETE", path: "/configuration-sets/{ConfigurationSetName}" },
    OneSet,
    (context, input) => {
      context.registry.sets.delete(findSet(context, input.ConfigurationSetName).name);
      return {};
    },
  ),
  change(
    { action: "PutConfigurationSetDeliveryOptions", path: "/delivery-options" },
    OneSet.extend(DeliveryOptions.shape),
    deliveryOf,
  ),
  change(
    { action: "PutConfigurationSetSendingOptions", path: "/sending" },
    OneSet.extend({ SendingEnabled: z.boolean().optional() }),
    (_context, input) => ({ sendingEnabled: input.SendingEnabled === true }),
  ),
  change(
    { action: "PutConfigurationSetSuppressionOptions", path: "/suppression-options" },
    OneSet.extend({ SuppressedReasons: z.array(SuppressionReason).optional() }),
    (_context, input) => ({ suppressedReasons: input.SuppressedReasons }),
  ),
];
