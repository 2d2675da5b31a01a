import * as z from "zod";

/** What the local system takes from each resource; everything else in it is AWS's matter. Times in seconds. */

const seconds = z.coerce.number();

export const QueueProperties = z.object({
  VisibilityTimeout: seconds.optional(),
  DelaySeconds: seconds.optional(),
  MessageRetentionPeriod: seconds.optional(),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() }).optional(),
});

export const SubscriptionProperties = z.object({
  TopicArn: z.string(),
  Protocol: z.literal("sqs"),
  Endpoint: z.string(),
  RawMessageDelivery: z.boolean().default(false),
});

export const TableProperties = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(["S", "N", "B"]) })),
  KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(["HASH", "RANGE"]) })),
  GlobalSecondaryIndexes: z
    .array(
      z.object({
        IndexName: z.string(),
        KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(["HASH", "RANGE"]) })),
        Projection: z.object({ ProjectionType: z.enum(["ALL", "KEYS_ONLY", "INCLUDE"]) }),
      }),
    )
    .optional(),
});

export const FunctionProperties = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Runtime: z.literal("nodejs24.x"),
  Timeout: seconds,
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
});

export const EventSourceProperties = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z.number().default(10),
  MaximumBatchingWindowInSeconds: z.number().default(0),
  ScalingConfig: z.object({ MaximumConcurrency: z.number() }).default({ MaximumConcurrency: 5 }),
  FunctionResponseTypes: z.array(z.string()).default([]),
});

export const ScheduleProperties = z.object({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default("UTC"),
  State: z.enum(["ENABLED", "DISABLED"]).default("ENABLED"),
  Target: z.object({ Arn: z.string(), Input: z.string().default("{}") }),
});

export const ConfigurationSetProperties = z.object({
  Name: z.string(),
  DeliveryOptions: z
    .object({ SendingPoolName: z.string().optional(), MaxDeliverySeconds: seconds.optional() })
    .optional(),
  ReputationOptions: z.object({ ReputationMetricsEnabled: z.boolean().optional() }).optional(),
  SuppressionOptions: z.object({ SuppressedReasons: z.array(z.enum(["BOUNCE", "COMPLAINT"])).optional() }).optional(),
});

export const EventDestinationProperties = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Name: z.string().optional(),
    Enabled: z.boolean(),
    /** camelCase here, upper snake case in the API. */
    MatchingEventTypes: z.array(z.string()),
    SnsDestination: z.object({ TopicARN: z.string() }),
  }),
});

export const DedicatedIpPoolProperties = z.object({
  PoolName: z.string(),
  ScalingMode: z.enum(["STANDARD", "MANAGED"]).default("STANDARD"),
});
