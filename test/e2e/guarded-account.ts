import { PutConfigurationSetDeliveryOptionsCommand, PutDedicatedIpInPoolCommand } from "@aws-sdk/client-sesv2";
import { expect } from "vitest";
import { DynamoAudit } from "../../shared/adapters/dynamo/audit.ts";
import { DynamoServiceClock } from "../../shared/adapters/dynamo/dynamo-service-clock.ts";
import { DynamoLifeCycles } from "../../shared/adapters/dynamo/life-cycles.ts";
import { DynamoOutcomeStore } from "../../shared/adapters/dynamo/outcome-store.ts";
import { DynamoSendRates } from "../../shared/adapters/dynamo/send-rates.ts";
import { SesDedicatedIps } from "../../shared/adapters/ses/ses-dedicated-ips.ts";
import { SesMailSettings } from "../../shared/adapters/ses/ses-mail-settings.ts";
import type { ClockPorts } from "../../shared/app/clock/trust-clock.ts";
import type { GuardPorts } from "../../shared/app/guard/check-guard.ts";
import { repair } from "../../shared/app/guard/repair.ts";
import type { FindingCode } from "../../shared/domain/guard/finding.ts";
import { utcDay } from "../../shared/domain/utc-day.ts";
import { MemoryDomainEvents } from "../support/fakes/memory-domain-events.ts";
import { RecordingLog } from "../support/fakes/recording-log.ts";
import { startAtMidnight } from "./run-locally.ts";

export const [receiptsIp, newsIp, secondNewsIp] = ["192.0.2.10", "192.0.2.20", "192.0.2.21"] as const;
export const pools = new Map([
  ["transactional", { name: "transactional", ips: [receiptsIp] }],
  ["marketing", { name: "marketing", ips: [newsIp, secondNewsIp] }],
]);

export type GuardedAccount = Awaited<ReturnType<typeof openGuardedAccount>>;

/** The account of a local system whose pools have all their IPs warming up on record, checked once by its guard. */
export async function openGuardedAccount() {
  const running = await startAtMidnight();
  const { system } = running;
  const { tables, mail } = system.clients;
  const state = system.name("AWS::DynamoDB::GlobalTable", "StateTable");
  const outcomes = new DynamoOutcomeStore(tables, state);
  const ports: GuardPorts & ClockPorts = {
    clock: system.clock,
    serviceClock: new DynamoServiceClock(tables, state),
    settings: new SesMailSettings(mail),
    ips: new SesDedicatedIps(mail),
    outcomes,
    lifeCycles: new DynamoLifeCycles(tables, state),
    audit: new DynamoAudit(tables, state),
    events: new MemoryDomainEvents(),
    rates: new DynamoSendRates(tables, state),
    log: new RecordingLog(),
  };

  /** What the deployment knows of a pool whose IPs all warm up. */
  async function record(name: string): Promise<void> {
    const sesPool = `${name}-warming`;
    const since = utcDay(ports.clock.nowMs());
    const ips = pools.get(name)?.ips ?? [];
    for (const ip of ips) await ports.ips.assign(ip, sesPool);
    const lifeCycle = await ports.lifeCycles.read(name);
    const known = ips.map((ip) => ({ ip, sesPool, percentage: 100, since }));
    expect(await ports.lifeCycles.write({ ...lifeCycle, phase: "warming", since, ips: known })).toBe(true);
  }

  /** One check by the function itself, as its schedule starts it. */
  const check = () => system.function("Guard").invoke({ scheduledTime: new Date(system.clock.nowMs()).toISOString() });

  for (const name of pools.keys()) await record(name);
  await check();
  return {
    running,
    mail,
    ports,
    outcomes,
    record,
    check,
    holds: async (pool: string) => (await ports.lifeCycles.read(pool)).holds,
    repair: (code: FindingCode, pool?: string) => repair(ports, pools, { code, pool, by: "operator" }),
    /** Moves an IP by hand. */
    move: (Ip: string, DestinationPoolName: string) =>
      mail.send(new PutDedicatedIpInPoolCommand({ Ip, DestinationPoolName })),
    /** Points a configuration set elsewhere by hand. */
    point: (ConfigurationSetName: string, SendingPoolName: string) =>
      mail.send(new PutConfigurationSetDeliveryOptionsCommand({ ConfigurationSetName, SendingPoolName })),
  };
}
