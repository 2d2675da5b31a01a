import { PublishBatchCommand, type SNSClient } from "@aws-sdk/client-sns";

/** Publishes SES events to their topic. @throws when any was not taken: the engine then tries them all again */
export function eventPublisher(topics: () => SNSClient) {
  return async (topicArn: string, messages: string[]): Promise<void> => {
    const entries = messages.map((Message, index) => ({ Id: String(index), Message }));
    const { Failed: failed = [] } = await topics().send(
      new PublishBatchCommand({ TopicArn: topicArn, PublishBatchRequestEntries: entries }),
    );
    if (failed.length > 0) throw new Error(`${failed.length} of ${messages.length} events were not published`);
  };
}
