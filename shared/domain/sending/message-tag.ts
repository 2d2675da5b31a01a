/** SES takes tag values of up to 256 characters. */
const maxLength = 256;

/**
 * A business id as the value of tag `sw-message`, so that SES's events name the application's own message: characters
 * that SES does not take in a tag are written `_` and four hexadecimal digits. Undefined when that grows too long.
 */
export function messageTag(id: string): string | undefined {
  const value = id.replace(/[^A-Za-z0-9-]/g, (unit) => `_${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return value.length <= maxLength ? value : undefined;
}

/** The business id a `sw-message` tag stands for. */
export function idOfMessageTag(value: string): string {
  return value.replace(/_([0-9a-f]{4})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
