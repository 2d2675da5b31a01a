import {
  CreateConfigurationSetCommand,
  CreateContactListCommand,
  CreateDedicatedIpPoolCommand,
  CreateEmailIdentityCommand,
  CreateEmailTemplateCommand,
  CreateTenantCommand,
  CreateTenantResourceAssociationCommand,
  DeleteDedicatedIpPoolCommand,
  DeleteEmailIdentityCommand,
  GetTenantCommand,
  PutAccountSendingAttributesCommand,
  PutConfigurationSetSendingOptionsCommand,
  PutEmailIdentityMailFromAttributesCommand,
  type SendEmailCommandInput,
  UpdateReputationEntityCustomerManagedStatusCommand,
} from "@aws-sdk/client-sesv2";
import type { SesEngineOptions } from "../../infra/local/engines/ses/options.ts";
import { notAuthorized } from "../../infra/local/engines/ses/refusals.ts";
import type { TestEngine } from "./ses-engine.ts";

export const arn = (resource: string, account = "000000000000") => `arn:aws:ses:eu-west-1:${account}:${resource}`;
const news = { ConfigurationSetName: "news" };
const template = { Template: { TemplateName: "order", TemplateData: "{}" } };
const five = { Destination: { ToAddresses: ["a", "b", "c", "d", "e"].map((name) => `${name}@gmail.com`) } };

/** A situation that SES has an answer for, and what it answers. */
interface Row {
  readonly situation: string;
  readonly options?: Partial<SesEngineOptions>;
  readonly arrange?: (engine: TestEngine) => Promise<unknown> | undefined;
  readonly mail?: Partial<SendEmailCommandInput>;
  /** Status, class and words. */
  readonly answer: readonly [status: number, name: string, message: string];
}

/** As SES words it for a send. */
const notAllowed = (resource: string) =>
  `User \`AKIATEST' is not authorized to perform \`ses:SendEmail' on resource \`${resource}'`;

/** A tenant `acme` that has these resources. */
export async function makeTenant({ client }: TestEngine, ...resources: string[]): Promise<void> {
  await client.send(new CreateTenantCommand({ TenantName: "acme" }));
  for (const ResourceArn of resources) {
    await client.send(new CreateTenantResourceAssociationCommand({ TenantName: "acme", ResourceArn }));
  }
}

const accountPaused =
  "Sending paused for this account. For more information, please check the inbox of the email address associated with your AWS account.";
const poolOfItsOwn = ({ client }: TestEngine, PoolName: string) =>
  client.send(new CreateDedicatedIpPoolCommand({ PoolName })).then(() =>
    client.send(
      new CreateConfigurationSetCommand({
        ConfigurationSetName: PoolName,
        DeliveryOptions: { SendingPoolName: PoolName },
      }),
    ),
  );

/** One row for each answer of SES that the product must tell apart. */
export const sesSituations: Row[] = [
  {
    situation: "AWS pauses the account",
    options: { pausedErrorClass: "MessageRejected", account: { enforcementStatus: "SHUTDOWN" } },
    answer: [400, "MessageRejected", accountPaused],
  },
  {
    situation: "the account is paused, told in the class that the v2 API documents",
    options: { pausedErrorClass: "SendingPausedException" },
    arrange: ({ client }) => client.send(new PutAccountSendingAttributesCommand({ SendingEnabled: false })),
    answer: [400, "SendingPausedException", accountPaused],
  },
  {
    situation: "the configuration set is paused",
    arrange: ({ client }) =>
      client.send(new PutConfigurationSetSendingOptionsCommand({ ...news, SendingEnabled: false })),
    mail: news,
    answer: [400, "SendingPausedException", "Sending is paused for configuration set news"],
  },
  {
    situation: "the tenant is paused",
    arrange: async (engine) => {
      await makeTenant(engine, arn("identity/example.com"));
      const { Tenant } = await engine.client.send(new GetTenantCommand({ TenantName: "acme" }));
      await engine.client.send(
        new UpdateReputationEntityCustomerManagedStatusCommand({
          ReputationEntityType: "RESOURCE",
          ReputationEntityReference: Tenant?.TenantArn,
          SendingStatus: "DISABLED",
        }),
      );
    },
    mail: { TenantName: "acme" },
    answer: [400, "SendingPausedException", "Sending is paused for tenant acme"],
  },
  {
    situation: "the tenant has not what the mail uses: the configuration set",
    arrange: (engine) => makeTenant(engine, arn("identity/example.com")),
    mail: { TenantName: "acme", ...news },
    answer: [403, "AccessDeniedException", `Tenant not associated with resources [${arn("configuration-set/news")}].`],
  },
  {
    situation: "the tenant has not what the mail uses: identity and template",
    arrange: async (engine) => {
      await engine.client.send(new CreateEmailTemplateCommand({ TemplateName: "order", TemplateContent: {} }));
      await makeTenant(engine, arn("configuration-set/news"));
    },
    mail: { TenantName: "acme", ...news, Content: template },
    answer: [
      403,
      "AccessDeniedException",
      `Tenant not associated with resources [${arn("identity/example.com")}, ${arn("template/order")}].`,
    ],
  },
  {
    situation: "the tenant is not known",
    mail: { TenantName: "ghost" },
    answer: [404, "NotFoundException", "Tenant ghost for AwsAccountId 000000000000 not found."],
  },
  {
    situation: "the contact list is not known",
    mail: { ListManagementOptions: { ContactListName: "spring" } },
    answer: [404, "NotFoundException", "List with name: spring doesn't exist."],
  },
  {
    situation: "the topic of the contact list is not known",
    arrange: ({ client }) => client.send(new CreateContactListCommand({ ContactListName: "spring" })),
    mail: { ListManagementOptions: { ContactListName: "spring", TopicName: "shoes" } },
    answer: [400, "BadRequestException", "Topic with name: shoes doesn't exist in list with name: spring."],
  },
  {
    situation: "the identity's ARN is another account's",
    mail: { FromEmailAddressIdentityArn: arn("identity/example.com", "111122223333") },
    answer: [403, "AccessDeniedException", notAllowed(arn("identity/example.com", "111122223333"))],
  },
  {
    situation: "the template's ARN is another account's",
    mail: { Content: { Template: { TemplateArn: arn("template/order", "111122223333"), TemplateData: "{}" } } },
    answer: [403, "AccessDeniedException", notAllowed(arn("template/order", "111122223333"))],
  },
  {
    situation: "the role may not send from the most specific identity: an address",
    options: { onCall: allowOnly("identity/example.com") },
    arrange: ({ client }) => client.send(new CreateEmailIdentityCommand({ EmailIdentity: "shop@example.com" })),
    answer: [403, "AccessDeniedException", notAllowed(arn("identity/shop@example.com"))],
  },
  {
    situation: "the role may not send from the most specific identity: a sub-domain",
    options: { onCall: allowOnly("identity/example.com") },
    arrange: ({ client }) => client.send(new CreateEmailIdentityCommand({ EmailIdentity: "mail.example.com" })),
    mail: { FromEmailAddress: "shop@eu.mail.example.com" },
    answer: [403, "AccessDeniedException", notAllowed(arn("identity/mail.example.com"))],
  },
  {
    situation: "the configuration set is missing",
    mail: { ConfigurationSetName: "tenant-warming" },
    answer: [404, "NotFoundException", "Configuration set <tenant-warming> does not exist."],
  },
  {
    situation: "the SES pool is missing",
    arrange: async (engine) => {
      await poolOfItsOwn(engine, "warming");
      await engine.client.send(new DeleteDedicatedIpPoolCommand({ PoolName: "warming" }));
    },
    mail: { ConfigurationSetName: "warming" },
    answer: [400, "BadRequestException", "SendingPool <warming> doesn't exist"],
  },
  {
    situation: "the STANDARD pool has no IPs (not documented)",
    arrange: (engine) => poolOfItsOwn(engine, "warming"),
    mail: { ConfigurationSetName: "warming" },
    answer: [400, "BadRequestException", "SendingPool <warming> has no dedicated IPs"],
  },
  {
    situation: "From is not verified",
    arrange: ({ client }) => client.send(new DeleteEmailIdentityCommand({ EmailIdentity: "example.com" })),
    answer: [
      400,
      "MessageRejected",
      "Email address is not verified. The following identities failed the check in region EU-WEST-1: shop@example.com",
    ],
  },
  {
    situation: "in the sandbox the recipient is not verified",
    options: { account: { productionAccess: false } },
    mail: { Destination: { ToAddresses: ["bob@gmail.com"] } },
    answer: [
      400,
      "MessageRejected",
      "Email address is not verified. The following identities failed the check in region EU-WEST-1: bob@gmail.com",
    ],
  },
  {
    situation: "the identity's MAIL FROM domain has no MX record that can be read",
    arrange: ({ client }) =>
      client.send(
        new PutEmailIdentityMailFromAttributesCommand({
          EmailIdentity: "example.com",
          MailFromDomain: "bounces.example.com",
          BehaviorOnMxFailure: "REJECT_MESSAGE",
        }),
      ),
    answer: [
      400,
      "MailFromDomainNotVerifiedException",
      "The message could not be sent because Amazon SES could not read the MX record required to use the MAIL FROM domain bounces.example.com.",
    ],
  },
  {
    situation: "the rate is exceeded",
    options: { account: { maxSendRate: 1 } },
    arrange: ({ send }) => send(five),
    mail: five,
    answer: [429, "TooManyRequestsException", "Maximum sending rate exceeded."],
  },
  {
    situation: "the daily quota is spent",
    options: { account: { max24HourSend: 4 } },
    mail: five,
    answer: [429, "TooManyRequestsException", "Daily message quota exceeded."],
  },
  {
    situation: "the template is not known",
    mail: { Content: template },
    answer: [404, "NotFoundException", "Template order does not exist"],
  },
];

function allowOnly(resource: string): NonNullable<SesEngineOptions["onCall"]> {
  return ({ action, resources }) => {
    const refused = resources.find((each) => each !== arn(resource));
    if (action === "ses:SendEmail" && refused !== undefined) throw notAuthorized("AKIATEST", action, refused);
  };
}
