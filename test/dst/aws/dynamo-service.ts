import {
  type BatchGetItemCommandInput,
  type BatchWriteItemCommandInput,
  ConditionalCheckFailedException,
  type DeleteItemCommandInput,
  type GetItemCommandInput,
  type PutItemCommandInput,
  type QueryCommandInput,
  type UpdateItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import type { Item } from "./attribute-values.ts";
import { conditionOf, type Given } from "./conditions.ts";
import { query } from "./queries.ts";
import { type Caller, type Service, serviceError } from "./service.ts";
import type { Table } from "./table.ts";
import { updated } from "./updates.ts";

/** A write that was carried out. */
export interface TableWrite {
  readonly table: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  readonly caller: Caller;
}

export interface DynamoOptions {
  readonly tables: ReadonlyMap<string, Table>;
  nowMs(): number;
  /** Sees every write. */
  written?(write: TableWrite): void;
  /** Told of every call that is refused for what it asks. */
  refused?(what: string): void;
  /** True when an item takes no more writes in this second. */
  isHot?(item: Item): boolean;
  /** How old the answer of an eventually consistent read is, ms. */
  replicaLagMs?(): number;
  /** Most items of a page, or of what a batch call gets done; nothing for all. */
  pageSize?(): number | undefined;
}

type Conditional = Pick<
  PutItemCommandInput,
  | "ConditionExpression"
  | "ExpressionAttributeNames"
  | "ExpressionAttributeValues"
  | "ReturnValuesOnConditionCheckFailure"
>;

/** DynamoDB: the operations and expressions that the adapters use, and no others. */
export class DynamoService implements Service {
  readonly name = "dynamodb";
  readonly #options: DynamoOptions;

  constructor(options: DynamoOptions) {
    this.#options = options;
  }

  handle(operation: string, input: object, caller: Caller): object {
    try {
      return this.#handle(operation, input, caller);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.#options.refused?.(`DynamoDB does not take ${operation}: ${error.message}`);
      throw serviceError("ValidationException", 400, error.message);
    }
  }

  #handle(operation: string, input: object, caller: Caller): object {
    switch (operation) {
      case "PutItemCommand":
        return this.#put(input as PutItemCommandInput, caller);
      case "UpdateItemCommand":
        return this.#update(input as UpdateItemCommandInput, caller);
      case "DeleteItemCommand":
        return this.#delete(input as DeleteItemCommandInput, caller);
      case "GetItemCommand":
        return this.#get(input as GetItemCommandInput);
      case "QueryCommand":
        return this.#query(input as QueryCommandInput);
      case "BatchGetItemCommand":
        return this.#batchGet(input as BatchGetItemCommandInput);
      case "BatchWriteItemCommand":
        return this.#batchWrite(input as BatchWriteItemCommandInput, caller);
      default:
        throw new Error(`the simulated DynamoDB does not know ${operation}`);
    }
  }

  throttling(): Error {
    return serviceError("ProvisionedThroughputExceededException", 400, "Too many requests for this item");
  }

  failure(): Error {
    return serviceError("InternalServerError", 500, "The server failed");
  }

  #put(input: PutItemCommandInput, caller: Caller): object {
    const [table, item] = [this.#table(input.TableName), input.Item ?? {}];
    const before = table.get(item, this.#options.nowMs());
    this.#refuseIfHot(item);
    check(input, before);
    table.put(item, this.#options.nowMs());
    this.#tell({ table: input.TableName ?? "", before, after: item, caller });
    return input.ReturnValues === "ALL_OLD" && before !== undefined ? { Attributes: before } : {};
  }

  #update(input: UpdateItemCommandInput, caller: Caller): object {
    const [table, key] = [this.#table(input.TableName), input.Key ?? {}];
    const before = table.get(key, this.#options.nowMs());
    this.#refuseIfHot(key);
    check(input, before);
    const after = updated(input.UpdateExpression ?? "", before ?? key, givenOf(input));
    table.put(after, this.#options.nowMs());
    this.#tell({ table: input.TableName ?? "", before, after, caller });
    return input.ReturnValues === "ALL_NEW" ? { Attributes: after } : {};
  }

  #delete(input: DeleteItemCommandInput, caller: Caller): object {
    const [table, key] = [this.#table(input.TableName), input.Key ?? {}];
    const before = table.get(key, this.#options.nowMs());
    check(input, before);
    table.delete(key, this.#options.nowMs());
    this.#tell({ table: input.TableName ?? "", before, after: undefined, caller });
    return input.ReturnValues === "ALL_OLD" && before !== undefined ? { Attributes: before } : {};
  }

  #query(input: QueryCommandInput): object {
    return query(this.#table(input.TableName), input, {
      nowMs: this.#options.nowMs(),
      pageSize: this.#options.pageSize?.(),
      lagMs: this.#lagMs(input.ConsistentRead),
    });
  }

  #get({ TableName, Key = {}, ConsistentRead }: GetItemCommandInput): object {
    const item = this.#table(TableName).get(Key, this.#options.nowMs(), this.#lagMs(ConsistentRead));
    return item === undefined ? {} : { Item: item };
  }

  #batchGet({ RequestItems = {} }: BatchGetItemCommandInput): object {
    const Responses: Record<string, Item[]> = {};
    const UnprocessedKeys: Record<string, { Keys: Item[] }> = {};
    for (const [name, { Keys = [], ConsistentRead }] of Object.entries(RequestItems)) {
      const lagMs = this.#lagMs(ConsistentRead);
      const most = this.#options.pageSize?.() ?? Keys.length;
      const found = Keys.slice(0, most).map((key) => this.#table(name).get(key, this.#options.nowMs(), lagMs));
      Responses[name] = found.filter((item) => item !== undefined);
      if (Keys.length > most) UnprocessedKeys[name] = { Keys: Keys.slice(most) };
    }
    return { Responses, UnprocessedKeys };
  }

  #batchWrite({ RequestItems = {} }: BatchWriteItemCommandInput, caller: Caller): object {
    const UnprocessedItems: NonNullable<BatchWriteItemCommandInput["RequestItems"]> = {};
    for (const [name, requests] of Object.entries(RequestItems)) {
      const most = this.#options.pageSize?.() ?? requests.length;
      for (const { PutRequest } of requests.slice(0, most)) {
        if (PutRequest === undefined) throw new Error("the simulated DynamoDB knows no DeleteRequest");
        this.#put({ TableName: name, Item: PutRequest.Item }, caller);
      }
      if (requests.length > most) UnprocessedItems[name] = requests.slice(most);
    }
    return { UnprocessedItems };
  }

  #lagMs(isConsistent: boolean | undefined): number {
    return isConsistent === true ? 0 : (this.#options.replicaLagMs?.() ?? 0);
  }

  #table(name: string | undefined): Table {
    const table = this.#options.tables.get(name ?? "");
    if (table === undefined) throw serviceError("ResourceNotFoundException", 400, `no table ${name}`);
    return table;
  }

  #refuseIfHot(key: Item): void {
    if (this.#options.isHot?.(key) === true) throw this.throttling();
  }

  #tell(write: TableWrite): void {
    this.#options.written?.(write);
  }
}

function givenOf({ ExpressionAttributeNames: names, ExpressionAttributeValues: values }: Conditional): Given {
  return { names, values };
}

/** @throws ConditionalCheckFailedException, with the item where the caller asked for it */
function check(input: Conditional, before: Item | undefined): void {
  const { ConditionExpression: text } = input;
  if (text === undefined || conditionOf(text)(before, givenOf(input))) return;
  const shown = input.ReturnValuesOnConditionCheckFailure === "ALL_OLD" && before !== undefined;
  throw new ConditionalCheckFailedException({
    message: "The conditional request failed",
    $metadata: { httpStatusCode: 400 },
    ...(shown && { Item: before }),
  });
}
