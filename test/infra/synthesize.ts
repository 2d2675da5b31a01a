import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { WarmUpStack } from "../../infra/aws/warm-up-stack.ts";
import sample from "../../infra/warm-up.config.ts";
import type { ConfigurationInput } from "../../shared/contracts/configuration.ts";
import { parseConfiguration } from "../../shared/contracts/parse-configuration.ts";

/** Bundling is left out: what the bundles hold is the business of app.test.ts. */
const withoutBundling = { "aws:cdk:bundling-stacks": [] };

/** The stack of a configuration in an app of its own. */
export function aStack(written: ConfigurationInput = sample): { app: App; stack: WarmUpStack } {
  const configuration = parseConfiguration(written);
  const app = new App({ context: withoutBundling });
  return { app, stack: new WarmUpStack(app, configuration.name, { configuration }) };
}

export interface Resource {
  readonly id: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is plain JSON, and each test knows the shape it asserts
  readonly properties: any;
  readonly deletionPolicy: string | undefined;
}

/** A synthesized template, read by resource type. */
export class Synthesized {
  readonly json: { Resources: Record<string, { Type: string }>; Outputs: Record<string, { Value: unknown }> };
  readonly #template: Template;

  constructor(written?: ConfigurationInput) {
    this.#template = Template.fromStack(aStack(written).stack);
    this.json = this.#template.toJSON() as typeof this.json;
  }

  all(type: string): Resource[] {
    return Object.entries(this.#template.findResources(type)).map(([id, { Properties, DeletionPolicy }]) => ({
      id,
      properties: Properties,
      deletionPolicy: DeletionPolicy,
    }));
  }

  /** The one resource of a type whose logical id, without the hash, ends like this. */
  one(type: string, end: string): Resource {
    const found = this.all(type).filter(({ id }) => id.replace(/[0-9A-F]{8}$/, "").endsWith(end));
    if (found.length !== 1) throw new Error(`${found.length} resources of type ${type} end in ${end}`);
    return found[0]!;
  }
}

/** The logical id a Ref or Fn::GetAtt points to. */
export function target(value: { Ref?: string; "Fn::GetAtt"?: [string, string] }): string {
  return value.Ref ?? value["Fn::GetAtt"]![0];
}

/** A template value as text, with every reference written as `<what it points to>`. */
export function asText(value: unknown): string {
  if (typeof value === "string") return value;
  const { Ref, ...rest } = value as Record<string, unknown>;
  if (Ref !== undefined) return `<${String(Ref)}>`;
  const join = rest["Fn::Join"] as [string, unknown[]] | undefined;
  if (join !== undefined) return join[1].map(asText).join(join[0]);
  const attribute = rest["Fn::GetAtt"] as string[] | undefined;
  if (attribute !== undefined) return `<${attribute.join(".")}>`;
  throw new Error(`not a text: ${JSON.stringify(value)}`);
}
