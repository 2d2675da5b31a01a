/** What an SES ARN says. */
export interface SesArn {
  readonly account: string;
  /** Such as `identity` or `configuration-set`. */
  readonly type: string;
  readonly name: string;
}

/** Reads an ARN of SES; undefined for what is none. */
export function readArn(arn: string): SesArn | undefined {
  const [, account, type, name] = /^arn:aws[\w-]*:ses:[\w-]+:(\d{12}):([a-z-]+)\/(.+)$/.exec(arn) ?? [];
  return account === undefined || type === undefined || name === undefined ? undefined : { account, type, name };
}
