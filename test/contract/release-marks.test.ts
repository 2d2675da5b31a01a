import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { DynamoReleaseMarks } from "../../shared/adapters/dynamo/release-marks.ts";
import { systemChance } from "../../shared/adapters/system-chance.ts";
import { claimLifeMs } from "../../shared/domain/sending/id-life.ts";
import type { ReleaseMarks } from "../../shared/ports/release-marks.ts";
import { freshNames, noonMs } from "../support/builders.ts";
import { MemoryReleaseMarks } from "../support/fakes/memory-release-marks.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const newMail = freshNames("ses");
const engines: [string, () => ReleaseMarks][] = [
  ["in memory", () => new MemoryReleaseMarks()],
  ["in DynamoDB", () => new DynamoReleaseMarks(tables().client, tables().ledger, systemChance)],
];

describe.each(engines)("release marks %s", (_, open) => {
  test("let the first release, and nobody after", async () => {
    const [marks, mail] = [open(), newMail()];
    expect(await marks.first(mail, noonMs)).toBe(true);
    expect(await marks.first(mail, noonMs)).toBe(false);
    expect(await marks.first(newMail(), noonMs)).toBe(true);
  });

  test("let one of many at once release", async () => {
    const [marks, mail] = [open(), newMail()];
    const answers = await Promise.all(Array.from({ length: 20 }, () => marks.first(mail, noonMs)));
    expect(answers.filter((isFirst) => isFirst)).toHaveLength(1);
  });
});

test("a mark whose answer was lost is known as one's own when the client tries again", async () => {
  const { client, loseNextReply } = tables().another();
  const mail = newMail();
  const put = new DynamoReleaseMarks(client, tables().ledger, { id: () => "one" });
  loseNextReply();
  await expect(put.first(mail, noonMs)).rejects.toThrow();
  // The SDK repeats a call with the same content.
  expect(await put.first(mail, noonMs)).toBe(true);
  expect(await new DynamoReleaseMarks(client, tables().ledger, { id: () => "other" }).first(mail, noonMs)).toBe(false);
});

test("a mark is kept as long as a claim", async () => {
  const { client, ledger } = tables();
  const mail = newMail();
  await new DynamoReleaseMarks(client, ledger, systemChance).first(mail, noonMs);
  const { Item: item } = await client.send(
    new GetItemCommand({ TableName: ledger, Key: { pk: { S: `released#${mail}` } } }),
  );
  expect(item?.expiresAt?.N).toBe(String((noonMs + claimLifeMs) / 1_000));
});
