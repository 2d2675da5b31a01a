// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is a range of codes
const ascii = /^[\u0000-\u007f]*$/;

/** Whether text can stand in a header as it is: SES takes 7-bit ASCII there, and other characters encoded (RFC 2047). */
export function isAscii(text: string): boolean {
  return ascii.test(text);
}
