import type { EventPublishing } from "../domain/guard/finding.ts";
import type { SeenAccount, SeenDestination, SeenSesPool, SeenSet } from "../domain/guard/seen.ts";

/**
 * SES's settings that the guard compares with our record, and the changes that put them right. Control calls: SES holds
 * them to one a second, so they are never on the send path.
 */
export interface MailSettings {
  account(): Promise<SeenAccount>;
  configurationSet(name: string): Promise<SeenSet>;
  /** Empty for a set that does not exist. */
  eventDestinations(set: string): Promise<readonly SeenDestination[]>;
  /** @param name - of a pool of one's own; SES's reserved pools cannot be asked for */
  sesPool(name: string): Promise<SeenSesPool>;

  disableAutoWarmup(): Promise<void>;
  /** Binds a set to an SES pool and leaves its other delivery options as they are. */
  pointSet(set: string, sesPool: string): Promise<void>;
  /** @param percentage - of SES's own warm-up, 0 to 100 */
  setPercentage(ip: string, percentage: number): Promise<void>;
  /** Makes a set as the stack makes it, without event destinations; does nothing when it exists. */
  createSet(set: string, options: NewSet): Promise<void>;
  /** Makes or corrects an event destination of a set. */
  publishEvents(set: string, publishing: EventPublishing): Promise<void>;
}

export interface NewSet {
  readonly sesPool: string;
  /** How long SES tries to deliver. @default SES's own 14 hours */
  readonly maxDeliverySeconds?: number | undefined;
}
