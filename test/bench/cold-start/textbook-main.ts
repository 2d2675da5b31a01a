import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { tableNames } from "../dispatchers/environment.ts";
import { textbookDispatcher } from "../dispatchers/textbook.ts";

/** The composition root of the textbook dispatcher. */
export const handler = textbookDispatcher({ tables: new DynamoDBClient(), mail: new SESv2Client(), tableNames });
