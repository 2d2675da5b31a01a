import { expect, test } from "vitest";
import { system } from "./sample-system.ts";

const tables = system.all("AWS::DynamoDB::GlobalTable");

test.each(tables)("$id is on demand, restorable and outlives the stack", ({ properties, deletionPolicy }) => {
  expect(properties.BillingMode).toBe("PAY_PER_REQUEST");
  expect(properties.Replicas).toHaveLength(1);
  expect(properties.Replicas[0]).toMatchObject({
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    DeletionProtectionEnabled: true,
  });
  expect(deletionPolicy).toBe("Retain");
});

test("only held mail has an index: on the send path's tables it would double what each write costs", () => {
  const indexed = tables.filter(({ properties }) => JSON.stringify(properties).includes("SecondaryIndexes"));
  expect(indexed.map(({ id }) => id)).toEqual([expect.stringContaining("HeldTable")]);
});

test.each([
  ["StateTable", ["pk:S", "sk:S"], undefined],
  ["LedgerTable", ["pk:S"], { AttributeName: "expiresAt", Enabled: true }],
  ["HeldTable", ["pk:S", "sk:S"], { AttributeName: "expiresAt", Enabled: true }],
])("%s has the keys %j and the expiry %j", (name, keys, expiry) => {
  const { KeySchema, AttributeDefinitions, TimeToLiveSpecification } = system.one(
    "AWS::DynamoDB::GlobalTable",
    name,
  ).properties;
  const types = new Map(
    AttributeDefinitions.map((each: { AttributeName: string; AttributeType: string }) => [
      each.AttributeName,
      each.AttributeType,
    ]),
  );
  const found = KeySchema.map(({ AttributeName }: { AttributeName: string }) => [
    AttributeName,
    types.get(AttributeName),
  ]);
  expect(found.map((key: string[]) => key.join(":"))).toEqual(keys);
  expect(TimeToLiveSpecification).toEqual(expiry);
});
