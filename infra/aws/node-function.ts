import { type Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  ApplicationLogLevel,
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  type RecursiveLoop,
  Runtime,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { Configuration } from "../../shared/contracts/configuration.ts";
import { functionCode } from "./bundling/function-code.ts";

export interface NodeFunctionProps {
  /** Folder under `functions/` whose `main.ts` exports `handler`. */
  readonly folder: "dispatcher" | "release" | "ramp" | "guard" | "quality" | "feedback" | "set-aside" | "console";
  readonly description: string;
  /** Built into the bundle: a function and its configuration are deployed as one. */
  readonly configuration: Configuration;
  readonly timeout: Duration;
  /** In MB; CPU grows with it. @default 256 */
  readonly memorySize?: number;
  readonly environment: Readonly<Record<string, string>>;
  /** @default Lambda stops what looks like a loop */
  readonly recursiveLoop?: RecursiveLoop;
}

/** A function of this project: its own role that may do nothing but log until told otherwise, its own log group. */
export class NodeFunction extends LambdaFunction {
  readonly #role: Role;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    const { folder, configuration, environment, ...rest } = props;
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.grantWrite(role);
    super(scope, id, {
      memorySize: 256,
      ...rest,
      code: functionCode(folder, configuration),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      environment: { NODE_OPTIONS: "--enable-source-maps", ...environment },
    });
    this.#role = role;
  }

  /** Lets this function do these calls on these resources, and nothing else. */
  allow(actions: readonly string[], resources: readonly string[]): void {
    this.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }

  /** Lets this function publish domain events, on the account's default bus. */
  allowEvents(): void {
    const bus = Stack.of(this).formatArn({ service: "events", resource: "event-bus", resourceName: "default" });
    this.allow(["events:PutEvents"], [bus]);
  }

  /** Answers cdk-nag where a statement of this function's role cannot name its resources. */
  acknowledgeWildcard(resource: string, reason: string): void {
    Validations.of(this.#role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
  }
}
