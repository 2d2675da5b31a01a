import { ArnFormat, Duration, Stack } from "aws-cdk-lib";
import { ConfigurationSet, DedicatedIpPool, ScalingMode, SuppressionReasons } from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import type { Configuration } from "../../shared/contracts/configuration.ts";
import { dedicatedRoute, sesSharedPool, sharedRouteName } from "../../shared/domain/routing/route.ts";

/**
 * How long SES tries to deliver mail that leaves from warming IPs. Shorter than SES's own 14 hours: a soft bounce
 * is reported only when the trying ends, and the ramp needs the facts of a day before it decides on the next.
 */
const warmingMaxDelivery = Duration.hours(4);

/**
 * The SES side of routing: each route is one configuration set bound to one SES pool of the same name. Every set is
 * bound explicitly, the shared one too: an unbound set sends through whatever dedicated IPs lie in no pool.
 */
export class Routes extends Construct {
  /** The configuration sets by name. */
  readonly configurationSets: ReadonlyMap<string, ConfigurationSet>;
  readonly configurationSetArns: readonly string[];
  readonly dedicatedPoolArns: readonly string[];

  constructor(scope: Construct, id: string, { configuration }: { readonly configuration: Configuration }) {
    super(scope, id);
    const pools = Object.keys(configuration.pools);
    const warming = pools.map((pool) => dedicatedRoute(pool, "warming").configurationSet);
    const established = pools.map((pool) => dedicatedRoute(pool, "established").configurationSet);
    const shared = DedicatedIpPool.fromDedicatedIpPoolName(this, "SharedPool", sesSharedPool);

    this.configurationSets = new Map([
      ...warming.map((name) => this.#set(name, this.#pool(name), { maxDeliveryDuration: warmingMaxDelivery })),
      ...established.map((name) => this.#set(name, this.#pool(name))),
      this.#set(sharedRouteName, shared),
    ]);
    this.configurationSetArns = [...this.configurationSets.keys()].map((name) => this.#arn("configuration-set", name));
    this.dedicatedPoolArns = [...warming, ...established].map((name) => this.#arn("dedicated-ip-pool", name));
  }

  /** STANDARD: the ramp of a managed pool cannot be steered from outside. */
  #pool(name: string) {
    return new DedicatedIpPool(this, `${name}-pool`, { dedicatedIpPoolName: name, scalingMode: ScalingMode.STANDARD });
  }

  #set(
    name: string,
    dedicatedIpPool: ReturnType<typeof DedicatedIpPool.fromDedicatedIpPoolName>,
    more: { readonly maxDeliveryDuration?: Duration } = {},
  ): readonly [string, ConfigurationSet] {
    const set = new ConfigurationSet(this, name, {
      configurationSetName: name,
      dedicatedIpPool,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      ...more,
    });
    return [name, set];
  }

  /** By name, not by reference: a name is known before the resource, so that policies need not wait for it. */
  #arn(resource: string, resourceName: string): string {
    return Stack.of(this).formatArn({
      service: "ses",
      resource,
      resourceName,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  }
}
