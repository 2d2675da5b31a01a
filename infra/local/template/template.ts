import * as z from "zod";

const Resource = z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });

/** A synthesized CloudFormation template, as far as the local system reads it. */
export const Template = z.object({ Resources: z.record(z.string(), Resource) });
export type Template = z.output<typeof Template>;

export interface Declared {
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** All resources of a type, in the order of the template. */
export function declared({ Resources: resources }: Template, type: string): Declared[] {
  return Object.entries(resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, { Properties: properties }]) => ({ id, properties }));
}

/** Name of the resource of a type whose logical id has this part; ids end in a hash. */
export function nameOf(template: Template, type: string, part: string): string {
  const found = declared(template, type).find(({ id }) => id.includes(part));
  if (found === undefined) throw new Error(`the template declares no ${type} ${part}`);
  return found.id;
}
