import { CfnOutput, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Configuration } from "../../shared/contracts/configuration.ts";
import { SesWarmUp } from "./ses-warm-up.ts";

/** One deployment: the whole system, and what an operator and an application need to know of it. */
export class WarmUpStack extends Stack {
  /** @param id - the deployment's name, which is the stack's name too */
  constructor(scope: Construct, id: string, { configuration }: { readonly configuration: Configuration }) {
    super(scope, id, { description: "Sends through Amazon SES and warms up dedicated IP addresses (ses-warmup)" });
    const warmUp = new SesWarmUp(this, "WarmUp", { configuration });
    const { sendPath, observability } = warmUp;
    const outputs = {
      SendQueueUrl: ["Applications put their mail here", sendPath.send.queue.queueUrl],
      QuarantineQueueUrl: ["What can never be sent, with its reason", sendPath.quarantine.queueUrl],
      StateTableName: ["Allowances, counts and decisions; the operator's command reads it", sendPath.state.tableName],
      AlarmTopicArn: ["Subscribe here to be told of alarms", observability.alarmTopic.topicArn],
      DashboardName: ["The CloudWatch dashboard with the console", observability.dashboard.dashboardName],
      DashboardUrl: ["Where to open it", observability.dashboardUrl],
    } as const;
    for (const [name, [description, value]] of Object.entries(outputs))
      new CfnOutput(this, name, { description, value });
  }
}
