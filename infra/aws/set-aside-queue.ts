import { Duration, Validations } from "aws-cdk-lib";
import { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";

/** The longest SQS knows. */
export const longestRetention = Duration.days(14);

/** Longest run of the function that reads these queues. */
export const setAsideTimeout = Duration.seconds(30);

/**
 * The way into the list of what was set aside: quarantine, or dead letters. What cannot be kept there stays on this
 * queue and comes again, for as long as SQS can.
 */
export class SetAsideQueue extends Queue {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      retentionPeriod: longestRetention,
      visibilityTimeout: Duration.seconds(6 * setAsideTimeout.toSeconds()),
      enforceSSL: true,
    });
    Validations.of(this).acknowledge({
      id: "AwsSolutions-SQS3",
      reason: "Nothing lies behind it: what cannot be kept stays on this queue, and an alarm says so.",
    });
  }
}
