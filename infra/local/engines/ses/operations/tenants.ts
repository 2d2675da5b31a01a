import { randomBytes } from "node:crypto";
import * as z from "zod";
import { readArn } from "../arn.ts";
import type { SesContext } from "../context.ts";
import { control, type Operation } from "../operation.ts";
import { ofMessage } from "../refusals.ts";
import { badRequest, notFound, SesError } from "../ses-error.ts";
import { SendingStatus, Tag, type Tenant } from "../state/registry.ts";

const TenantName = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const Association = z.object({ TenantName, ResourceArn: z.string() });

/** Management and sending word a missing tenant differently. */
function findTenant({ registry }: SesContext, name: string): Tenant {
  const tenant = registry.tenants.get(name);
  if (tenant === undefined) throw notFound(`Tenant <${name}> does not exist.`);
  return tenant;
}

/** Times in JSON are seconds. */
const shown = ({ name, id, arn, createdAtMs, sendingStatus, tags }: Tenant): object => ({
  TenantName: name,
  TenantId: id,
  TenantArn: arn,
  CreatedTimestamp: createdAtMs / 1000,
  SendingStatus: sendingStatus,
  Tags: tags,
});

function requireResource({ registry }: SesContext, arn: string): void {
  const { type, name = "" } = readArn(arn) ?? {};
  const kinds = { identity: registry.identities, "configuration-set": registry.sets, template: registry.templates };
  const kind = Object.entries(kinds).find(([each]) => each === type)?.[1];
  if (kind === undefined) throw badRequest(`Unsupported resource type: ${type}`);
  if (!kind.has(name)) throw notFound(`Resource <${arn}> does not exist.`);
}

/**
 * Refuses a send in the name of a tenant that does not exist, is paused, or does not have what the send uses.
 * @param used - ARNs of identity, configuration set and template
 */
export function refuseForTenant({ registry, accountId }: SesContext, name: string, used: readonly string[]): void {
  const tenant = registry.tenants.get(name);
  if (tenant === undefined) throw ofMessage.noTenant(name, accountId);
  const missing = used.filter((arn) => !tenant.resources.includes(arn));
  if (missing.length > 0) throw ofMessage.tenantWithout(missing);
  if (tenant.sendingStatus === "DISABLED") throw ofMessage.tenantPaused(name);
}

export const tenantOperations: Operation[] = [
  control(
    { action: "CreateTenant", method: "POST", path: "/tenants" },
    z.object({ TenantName, Tags: z.array(Tag).optional() }),
    ({ registry, accountId, nowMs }, { TenantName: name, Tags: tags = [] }, { region }) => {
      if (registry.tenants.has(name)) {
        throw new SesError("AlreadyExistsException", `Tenant with name ${name} already exists in account ${accountId}`);
      }
      const id = `tn-${randomBytes(15).toString("hex")}`;
      const arn = `arn:aws:ses:${region}:${accountId}:tenant/${name}/${id}`;
      const tenant: Tenant = { name, id, arn, createdAtMs: nowMs(), sendingStatus: "ENABLED", resources: [], tags };
      registry.tenants.put(name, tenant);
      return shown(tenant);
    },
  ),
  control(
    { action: "GetTenant", method: "POST", path: "/tenants/get" },
    z.object({ TenantName }),
    (context, { TenantName: name }) => ({ Tenant: shown(findTenant(context, name)) }),
  ),
  control(
    { action: "CreateTenantResourceAssociation", method: "POST", path: "/tenants/resources" },
    Association,
    (context, { TenantName: name, ResourceArn: arn }) => {
      const tenant = findTenant(context, name);
      requireResource(context, arn);
      context.registry.tenants.put(name, { ...tenant, resources: [...new Set([...tenant.resources, arn])] });
      return {};
    },
  ),
  control(
    { action: "DeleteTenantResourceAssociation", method: "POST", path: "/tenants/resources/delete" },
    Association,
    (context, { TenantName: name, ResourceArn: arn }) => {
      const tenant = findTenant(context, name);
      const resources = tenant.resources.filter((each) => each !== arn);
      context.registry.tenants.put(name, { ...tenant, resources });
      return {};
    },
  ),
  control(
    {
      action: "UpdateReputationEntityCustomerManagedStatus",
      method: "PUT",
      path: "/reputation/entities/{ReputationEntityType}/{ReputationEntityReference}/customer-managed-status",
    },
    z.object({ ReputationEntityReference: z.string(), SendingStatus }),
    ({ registry }, { ReputationEntityReference: arn, SendingStatus: sendingStatus }) => {
      const tenant = registry.tenants.values().find((each) => each.arn === arn);
      if (tenant === undefined) throw notFound(`Reputation entity <${arn}> does not exist.`);
      registry.tenants.put(tenant.name, { ...tenant, sendingStatus });
      return {};
    },
  ),
];
