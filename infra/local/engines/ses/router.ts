import type { Operation } from "./operation.ts";
import { accountOperations } from "./operations/account.ts";
import { configurationSetOperations } from "./operations/configuration-sets.ts";
import { contactListOperations } from "./operations/contact-lists.ts";
import { dedicatedIpPoolOperations } from "./operations/dedicated-ip-pools.ts";
import { dedicatedIpOperations } from "./operations/dedicated-ips.ts";
import { eventDestinationOperations } from "./operations/event-destinations.ts";
import { identityOperations } from "./operations/identities.ts";
import { sendingOperations } from "./operations/sending.ts";
import { suppressionOperations } from "./operations/suppression.ts";
import { templateOperations } from "./operations/templates.ts";
import { tenantOperations } from "./operations/tenants.ts";
import { SesError } from "./ses-error.ts";

const operations: Operation[] = [
  ...sendingOperations,
  ...accountOperations,
  ...configurationSetOperations,
  ...eventDestinationOperations,
  ...dedicatedIpPoolOperations,
  ...dedicatedIpOperations,
  ...suppressionOperations,
  ...identityOperations,
  ...templateOperations,
  ...tenantOperations,
  ...contactListOperations,
];

const routes = operations.map((operation) => ({ operation, parts: `/v2/email${operation.path}`.split("/") }));

const nameOf = (part: string): string | undefined => /^\{(\w+)\}$/.exec(part)?.[1];

/** The operation at a place, with what the path itself says. */
export function findOperation(
  method: string,
  path: string,
): { operation: Operation; pathInput: Record<string, string> } {
  const given = path.split("/");
  const found = routes.find(
    ({ operation, parts }) =>
      operation.method === method &&
      parts.length === given.length &&
      parts.every((part, i) => part === given[i] || nameOf(part) !== undefined),
  );
  if (found === undefined) {
    throw new SesError("UnknownOperationException", `The local SES engine does not know ${method} ${path}.`);
  }
  const pairs = found.parts.map((part, i) => [nameOf(part), decodeURIComponent(given[i] ?? "")]);
  return { operation: found.operation, pathInput: Object.fromEntries(pairs.filter(([name]) => name !== undefined)) };
}
