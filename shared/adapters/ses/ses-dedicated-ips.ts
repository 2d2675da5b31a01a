import { GetDedicatedIpsCommand, PutDedicatedIpInPoolCommand, type SESv2Client } from "@aws-sdk/client-sesv2";
import type { DedicatedIp, DedicatedIps } from "../../ports/dedicated-ips.ts";

/** SES names no pool for an IP that lies in the default one. */
const defaultPool = "ses-default-dedicated-pool";

/** Dedicated IPs through SES's control API, which takes about one call a second; the SDK's retries pace the rest. */
export class SesDedicatedIps implements DedicatedIps {
  readonly #client: SESv2Client;

  constructor(client: SESv2Client) {
    this.#client = client;
  }

  async list(): Promise<readonly DedicatedIp[]> {
    const found: DedicatedIp[] = [];
    let token: string | undefined;
    do {
      const page = await this.#client.send(new GetDedicatedIpsCommand({ PageSize: 100, NextToken: token }));
      for (const { Ip, PoolName = defaultPool, WarmupPercentage = 0 } of page.DedicatedIps ?? []) {
        if (Ip !== undefined) found.push({ ip: Ip, sesPool: PoolName, percentage: WarmupPercentage });
      }
      token = page.NextToken;
    } while (token !== undefined);
    return found;
  }

  async assign(ip: string, sesPool: string): Promise<void> {
    await this.#client.send(new PutDedicatedIpInPoolCommand({ Ip: ip, DestinationPoolName: sesPool }));
  }
}
