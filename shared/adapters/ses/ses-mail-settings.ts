import {
  AlreadyExistsException,
  CreateConfigurationSetCommand,
  CreateConfigurationSetEventDestinationCommand,
  EventType,
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetConfigurationSetEventDestinationsCommand,
  GetDedicatedIpPoolCommand,
  NotFoundException,
  PutAccountDedicatedIpWarmupAttributesCommand,
  PutConfigurationSetDeliveryOptionsCommand,
  PutDedicatedIpWarmupAttributesCommand,
  type SESv2Client,
  UpdateConfigurationSetEventDestinationCommand,
} from "@aws-sdk/client-sesv2";
import type { EventPublishing } from "../../domain/guard/finding.ts";
import type { SeenAccount, SeenDestination, SeenSesPool, SeenSet } from "../../domain/guard/seen.ts";
import type { MailSettings, NewSet } from "../../ports/mail-settings.ts";

const noSet: SeenSet = { exists: false, sendingEnabled: false };
const noPool: SeenSesPool = { exists: false, scaling: "standard" };

/** SES's settings through its control API. The client given should be paced (control-pace.ts). */
export class SesMailSettings implements MailSettings {
  readonly #client: SESv2Client;

  constructor(client: SESv2Client) {
    this.#client = client;
  }

  async account(): Promise<SeenAccount> {
    const account = await this.#client.send(new GetAccountCommand());
    const { SentLast24Hours = 0, Max24HourSend = -1, MaxSendRate = 0 } = account.SendQuota ?? {};
    return {
      autoWarmup: account.DedicatedIpAutoWarmupEnabled === true,
      enforcement: account.EnforcementStatus ?? "unknown",
      sendingEnabled: account.SendingEnabled === true,
      sentLast24Hours: SentLast24Hours,
      max24HourSend: Max24HourSend,
      maxSendRate: MaxSendRate,
    };
  }

  configurationSet(name: string): Promise<SeenSet> {
    return unlessMissing(noSet, async () => {
      const set = await this.#client.send(new GetConfigurationSetCommand({ ConfigurationSetName: name }));
      return {
        exists: true,
        sesPool: set.DeliveryOptions?.SendingPoolName,
        sendingEnabled: set.SendingOptions?.SendingEnabled !== false,
      };
    });
  }

  eventDestinations(set: string): Promise<readonly SeenDestination[]> {
    return unlessMissing<readonly SeenDestination[]>([], async () => {
      const command = new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName: set });
      const { EventDestinations: found = [] } = await this.#client.send(command);
      return found.map(({ Name = "", Enabled = false, MatchingEventTypes: types = [], SnsDestination: sns }) => ({
        name: Name,
        enabled: Enabled,
        types,
        topic: sns?.TopicArn,
      }));
    });
  }

  sesPool(name: string): Promise<SeenSesPool> {
    return unlessMissing(noPool, async () => {
      const { DedicatedIpPool: pool } = await this.#client.send(new GetDedicatedIpPoolCommand({ PoolName: name }));
      return { exists: true, scaling: pool?.ScalingMode === "MANAGED" ? "managed" : "standard" };
    });
  }

  async disableAutoWarmup(): Promise<void> {
    await this.#client.send(new PutAccountDedicatedIpWarmupAttributesCommand({ AutoWarmupEnabled: false }));
  }

  async pointSet(set: string, sesPool: string): Promise<void> {
    const found = await this.#client.send(new GetConfigurationSetCommand({ ConfigurationSetName: set }));
    // The call replaces all delivery options: the others are given as they were.
    const options = { ...found.DeliveryOptions, SendingPoolName: sesPool };
    await this.#client.send(new PutConfigurationSetDeliveryOptionsCommand({ ConfigurationSetName: set, ...options }));
  }

  async setPercentage(ip: string, percentage: number): Promise<void> {
    await this.#client.send(new PutDedicatedIpWarmupAttributesCommand({ Ip: ip, WarmupPercentage: percentage }));
  }

  async createSet(set: string, { sesPool, maxDeliverySeconds }: NewSet): Promise<void> {
    await unlessThere(
      this.#client.send(
        new CreateConfigurationSetCommand({
          ConfigurationSetName: set,
          DeliveryOptions: { SendingPoolName: sesPool, MaxDeliverySeconds: maxDeliverySeconds },
          ReputationOptions: { ReputationMetricsEnabled: true },
          SuppressionOptions: { SuppressedReasons: ["BOUNCE", "COMPLAINT"] },
        }),
      ),
    );
  }

  async publishEvents(set: string, { name, types, topic }: EventPublishing): Promise<void> {
    const destination = {
      ConfigurationSetName: set,
      EventDestinationName: name,
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: types.flatMap((wanted) => Object.values(EventType).filter((type) => type === wanted)),
        SnsDestination: { TopicArn: topic },
      },
    };
    try {
      await this.#client.send(new CreateConfigurationSetEventDestinationCommand(destination));
    } catch (error) {
      if (!(error instanceof AlreadyExistsException)) throw error;
      await this.#client.send(new UpdateConfigurationSetEventDestinationCommand(destination));
    }
  }
}

async function unlessMissing<Found>(missing: Found, read: () => Promise<Found>): Promise<Found> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NotFoundException) return missing;
    throw error;
  }
}

async function unlessThere(creation: Promise<unknown>): Promise<void> {
  try {
    await creation;
  } catch (error) {
    if (!(error instanceof AlreadyExistsException)) throw error;
  }
}
