import type { Template } from "./template.ts";

/** Where everything of the local system lives: fauxqs knows this account only. */
export const account = "000000000000";
export const region = "us-east-1";

const pseudo: Readonly<Record<string, string>> = {
  "AWS::AccountId": account,
  "AWS::Partition": "aws",
  "AWS::Region": region,
  "AWS::StackName": "local",
  "AWS::URLSuffix": "amazonaws.com",
};

/** Resource types by the service and the resource part of their ARN. */
const arnShapes: Readonly<Record<string, (name: string) => string>> = {
  "AWS::SQS::Queue": (name) => `arn:aws:sqs:${region}:${account}:${name}`,
  "AWS::SNS::Topic": (name) => `arn:aws:sns:${region}:${account}:${name}`,
  "AWS::DynamoDB::GlobalTable": (name) => `arn:aws:dynamodb:${region}:${account}:table/${name}`,
  "AWS::Lambda::Function": (name) => `arn:aws:lambda:${region}:${account}:function:${name}`,
  "AWS::SES::ConfigurationSet": (name) => `arn:aws:ses:${region}:${account}:configuration-set/${name}`,
  "AWS::Logs::LogGroup": (name) => `arn:aws:logs:${region}:${account}:log-group:${name}:*`,
  "AWS::IAM::Role": (name) => `arn:aws:iam::${account}:role/${name}`,
};

/** Gives a value of the template the value it has in the local system. @throws when it cannot be resolved */
export type Resolver = (value: unknown) => unknown;

/**
 * @param template - resources without a name of their own are named by their logical id
 * @param queueUrl - address of a queue by its name
 */
export function resolverFor(template: Template, queueUrl: (name: string) => string): Resolver {
  const nameOf = (id: string): string => {
    const { Name, PoolName } = template.Resources[id]?.Properties ?? {};
    return [Name, PoolName].find((name) => typeof name === "string") ?? id;
  };
  const ref = (id: string): string => {
    const type = template.Resources[id]?.Type;
    if (type === undefined) return pseudo[id] ?? fail(`Ref ${id}`);
    if (type === "AWS::SQS::Queue") return queueUrl(nameOf(id));
    return type === "AWS::SNS::Topic" ? arnOf(id) : nameOf(id);
  };
  const arnOf = (id: string): string =>
    (arnShapes[template.Resources[id]?.Type ?? ""] ?? (() => fail(`Arn of ${id}`)))(nameOf(id));
  const attribute = (id: string, name: string): string => {
    if (name === "Arn") return arnOf(id);
    return name.endsWith("Name") ? nameOf(id) : fail(`Fn::GetAtt ${id}.${name}`);
  };
  const intrinsics: Readonly<Record<string, (given: unknown) => unknown>> = {
    Ref: (given) => ref(text(given)),
    "Fn::GetAtt": (given) => attribute(...pair(given)),
    "Fn::Join": (given) => join(given, resolve),
    "Fn::Sub": (given) => substitute(text(given), ref, attribute),
  };
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== "object" || value === null) return value;
    const [[name, given] = ["", undefined], ...others] = Object.entries(value);
    const intrinsic = others.length === 0 ? intrinsics[name] : undefined;
    if (intrinsic !== undefined) return intrinsic(given);
    if (name.startsWith("Fn::")) return fail(name);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolve(each)]));
  };
  return resolve;
}

function fail(what: string): never {
  throw new Error(`the template's ${what} has no value in the local system: teach infra/local/template/resolve.ts`);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : fail(JSON.stringify(value));
}

function pair(value: unknown): [string, string] {
  if (typeof value === "string") return pair(value.split("."));
  return Array.isArray(value) ? [text(value[0]), text(value[1])] : fail(JSON.stringify(value));
}

function join(value: unknown, resolve: Resolver): string {
  const [separator, parts]: unknown[] = Array.isArray(value) ? value : [];
  const resolved = resolve(parts);
  return Array.isArray(resolved) ? resolved.map(String).join(text(separator)) : fail("Fn::Join");
}

function substitute(
  pattern: string,
  ref: (id: string) => string,
  attribute: (id: string, name: string) => string,
): string {
  return pattern.replace(/\$\{([^}!]+)\}/g, (_, name: string) => {
    const [id = "", part] = name.split(".");
    return part === undefined ? ref(id) : attribute(id, part);
  });
}
