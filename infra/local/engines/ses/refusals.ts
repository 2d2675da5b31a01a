import type { SesEngineOptions } from "./options.ts";
import { SesError } from "./ses-error.ts";

const badRequest = (message: string): SesError => new SesError("BadRequestException", message);
const notFound = (message: string): SesError => new SesError("NotFoundException", message);

/** What SES answers about the whole account. */
export const ofAccount = {
  /** In v2 the class is not known: an option chooses. */
  paused: ({ pausedErrorClass = "MessageRejected" }: Pick<SesEngineOptions, "pausedErrorClass">): SesError =>
    new SesError(
      pausedErrorClass,
      "Sending paused for this account. For more information, please check the inbox of the email address associated with your AWS account.",
    ),
  rateExceeded: (): SesError =>
    new SesError("TooManyRequestsException", "Maximum sending rate exceeded.", "ACCOUNT_THROTTLED"),
  /** The class is not known: an option chooses. */
  quotaExceeded: ({
    quotaErrorClass = "TooManyRequestsException",
  }: Pick<SesEngineOptions, "quotaErrorClass">): SesError =>
    new SesError(quotaErrorClass, "Daily message quota exceeded.", "ACCOUNT_DAILY_QUOTA_EXCEEDED"),
  serverError: (): SesError => new SesError("InternalServiceErrorException", "Service encountered an internal error."),
};

/** What SES answers about a configuration set and the pool behind it. */
export const ofRoute = {
  noSet: (set: string): SesError => notFound(`Configuration set <${set}> does not exist.`),
  setPaused: (set: string): SesError =>
    new SesError("SendingPausedException", `Sending is paused for configuration set ${set}`),
  noPool: (pool: string): SesError =>
    new SesError("BadRequestException", `SendingPool <${pool}> doesn't exist`, "INVALID_SENDING_POOL_NAME"),
  /** Not documented for a STANDARD pool; worded like the answer for a missing one. */
  poolWithoutIps: (pool: string): SesError =>
    new SesError("BadRequestException", `SendingPool <${pool}> has no dedicated IPs`, "INVALID_SENDING_POOL_NAME"),
};

/** What SES answers about what one message names, or who it is from. */
export const ofMessage = {
  noTenant: (tenant: string, accountId: string): SesError =>
    notFound(`Tenant ${tenant} for AwsAccountId ${accountId} not found.`),
  tenantWithout: (arns: readonly string[]): SesError =>
    new SesError("AccessDeniedException", `Tenant not associated with resources [${arns.join(", ")}].`),
  /** The class is documented, the words are not: like those of a set. */
  tenantPaused: (tenant: string): SesError =>
    new SesError("SendingPausedException", `Sending is paused for tenant ${tenant}`),
  noList: (list: string): SesError => notFound(`List with name: ${list} doesn't exist.`),
  /** Only the class is known. */
  noTopic: (topic: string, list: string): SesError =>
    badRequest(`Topic with name: ${topic} doesn't exist in list with name: ${list}.`),
  noTemplate: (template: string): SesError => notFound(`Template ${template} does not exist`),
  notVerified: (region: string, addresses: readonly string[]): SesError => {
    const which = `The following identities failed the check in region ${region.toUpperCase()}: ${addresses.join(", ")}`;
    return new SesError("MessageRejected", `Email address is not verified. ${which}`);
  },
  /** The class and its meaning are documented, the words are not. */
  mailFromNotVerified: (domain: string): SesError =>
    new SesError(
      "MailFromDomainNotVerifiedException",
      `The message could not be sent because Amazon SES could not read the MX record required to use the MAIL FROM domain ${domain}.`,
    ),
  /** The given ARN does not vouch for the sender. */
  notAligned: (from: string, arn: string): SesError =>
    badRequest(`The address '${from}' does not align with the given ARN '${arn}'`),
};

/** What SES answers to those who manage pools and IPs. */
export const ofPool = {
  exists: (pool: string): SesError => new SesError("AlreadyExistsException", `The pool <${pool}> already exists.`),
  missing: (pool: string): SesError => notFound(`The requested pool <${pool}> does not exist.`),
  reserved: (): SesError => badRequest("Pool name describes either a shared or default dedicated ip pool"),
  /** The refusal is documented, its words are not. */
  holdsIps: (pool: string): SesError => badRequest(`The pool <${pool}> can't be deleted because it has dedicated IPs.`),
  noIp: (ip: string): SesError => notFound(`Could not find dedicated IP <${ip}> under this account.`),
  noName: (): SesError => badRequest("Pool name can't be blank."),
  noPercentage: (): SesError => badRequest("Warmup Percentage can't be null."),
  wrongPercentage: (): SesError => badRequest("Warmup Percentage must be between 0 and 100."),
  wrongScaling: (): SesError => badRequest("The ScalingMode parameter is invalid."),
};

/** The answer to a caller whose policy, or the other side's, does not allow the call. */
export const notAuthorized = (user: string, action: string, resource: string): SesError =>
  new SesError(
    "AccessDeniedException",
    `User \`${user}' is not authorized to perform \`${action}' on resource \`${resource}'`,
  );
