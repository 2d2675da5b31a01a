/** A resource of SES in a sentence about permissions. */
export interface DeniedResource {
  readonly arn: string;
  /** Such as `identity` or `configuration-set`. */
  readonly type: string;
  readonly name: string;
}

const resource = /\barn:[a-z-]+:ses:[a-z0-9-]*:[0-9a-z]*:([a-z-]+)\/([^\s"'`,;\])>]+)/gi;

/** The resources that SES names in an answer about permissions, in its order. The caller's own ARN is none of SES's. */
export function deniedResources(message: string): DeniedResource[] {
  return [...message.matchAll(resource)].map(([arn, type = "", name = ""]) => ({
    arn: arn.replace(/\.$/, ""),
    type: type.toLowerCase(),
    name: name.replace(/\.$/, ""),
  }));
}
