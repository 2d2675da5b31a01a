import type { ChangeMessageVisibilityCommandInput, SendMessageCommandInput } from "@aws-sdk/client-sqs";
import type { Queue } from "./queue.ts";
import { type Service, serviceError } from "./service.ts";

/** Longest delay and longest visibility timeout SQS takes, seconds. */
const mostDelaySeconds = 900;
const mostHiddenSeconds = 43_200;

/** SQS as the functions call it. Reading and deleting is done by Lambda's event source mapping. */
export class SqsService implements Service {
  readonly name = "sqs";
  readonly #queues: ReadonlyMap<string, Queue>;
  readonly #nowMs: () => number;

  constructor(queues: readonly Queue[], nowMs: () => number) {
    this.#queues = new Map(queues.map((queue) => [queue.url, queue]));
    this.#nowMs = nowMs;
  }

  handle(operation: string, input: object): object {
    switch (operation) {
      case "SendMessageCommand":
        return this.#send(input as SendMessageCommandInput);
      case "ChangeMessageVisibilityCommand":
        return this.#changeVisibility(input as ChangeMessageVisibilityCommandInput);
      default:
        throw new Error(`the simulated SQS does not know ${operation}`);
    }
  }

  throttling(): Error {
    return serviceError("RequestThrottled", 403, "The request was denied due to request throttling");
  }

  failure(): Error {
    return serviceError("InternalError", 500, "The server failed");
  }

  #send({ QueueUrl, MessageBody, DelaySeconds, MessageAttributes = {} }: SendMessageCommandInput): object {
    if (typeof MessageBody !== "string" || MessageBody === "") throw invalid("The request must contain MessageBody");
    if (DelaySeconds !== undefined && !isWholeUpTo(DelaySeconds, mostDelaySeconds)) throw invalid("DelaySeconds");
    const texts = Object.entries(MessageAttributes).map(([name, { StringValue = "" }]) => [name, StringValue]);
    const delayMs = DelaySeconds === undefined ? undefined : DelaySeconds * 1000;
    const message = { body: MessageBody, attributes: Object.fromEntries(texts) };
    this.#queue(QueueUrl).send(message, this.#nowMs(), delayMs);
    return {};
  }

  #changeVisibility({ QueueUrl, ReceiptHandle = "", VisibilityTimeout }: ChangeMessageVisibilityCommandInput): object {
    if (!isWholeUpTo(VisibilityTimeout, mostHiddenSeconds)) throw invalid("VisibilityTimeout");
    this.#queue(QueueUrl).changeVisibility(ReceiptHandle, VisibilityTimeout * 1000, this.#nowMs());
    return {};
  }

  #queue(url: string | undefined): Queue {
    const queue = this.#queues.get(url ?? "");
    if (queue === undefined) throw serviceError("QueueDoesNotExist", 400, `no queue ${url}`);
    return queue;
  }
}

function isWholeUpTo(value: number | undefined, most: number): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value <= most;
}

function invalid(what: string): Error {
  return serviceError("InvalidParameterValue", 400, `SQS refuses the value: ${what}`);
}
