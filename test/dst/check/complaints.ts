import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoOutcomeStore } from "../../../shared/adapters/dynamo/outcome-store.ts";
import { totalOutcomes } from "../../../shared/domain/feedback/outcome-counts.ts";
import { DynamoService } from "../aws/dynamo-service.ts";
import { unreadableEvent } from "../aws/ses-events.ts";
import type { SesCall } from "../aws/ses-service.ts";
import type { Table } from "../aws/table.ts";
import type { Command } from "../engine/command.ts";
import { Instance } from "../engine/instance.ts";
import type { Scheduler } from "../engine/scheduler.ts";
import type { Queues } from "../system/stores.ts";

/** Knows what SES told of people who complained: each mail once, however many recipients it names. */
export class Complaints {
  readonly #told = new Map<string, number>();

  /** @param isReal - false for mail that SES kept back because the address is on a suppression list */
  told({ tags }: SesCall, isReal: boolean): void {
    const of = `${tags["sw-pool"]} ${tags["sw-day"]}`;
    this.#told.set(of, (this.#told.get(of) ?? 0) + Number(isReal));
  }

  /** What the outcomes on record say otherwise. @param isComplete - every event has come, and none was set aside */
  async faults(scheduler: Scheduler, state: Table, isComplete: boolean): Promise<string[]> {
    const outcomes = new DynamoOutcomeStore(readerOf(scheduler, state), "state");
    const faults: string[] = [];
    for (const [of, told] of this.#told) {
      const [pool = "", day = ""] = of.split(" ");
      const { complained } = totalOutcomes(await outcomes.read(pool, day), () => true);
      if (complained > told || (isComplete && complained < told)) {
        faults.push(`${of}: ${complained} complaints counted, and SES told of ${told}`);
      }
    }
    return faults;
  }
}

/** Events in the dead letters though nothing was wrong with them. @returns their ids */
export function goodDeadEvents({ feedback, proof }: Queues): string[] {
  return [...feedback.deadLetters, ...proof.deadLetters]
    .filter(({ body }) => body !== unreadableEvent)
    .map(({ id }) => id);
}

/** A client that reads a table at once. */
function readerOf(scheduler: Scheduler, state: Table): DynamoDBClient {
  const service = new DynamoService({ tables: new Map([["state", state]]), nowMs: () => scheduler.nowMs });
  const instance = new Instance(scheduler, { id: 0, name: "judge", skewMs: 0 });
  const send = async (command: Command): Promise<object> =>
    service.handle(command.constructor.name, command.input, { instance, invocation: undefined });
  return { send } as unknown as DynamoDBClient;
}
