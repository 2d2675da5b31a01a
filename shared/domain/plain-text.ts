/** Control and format characters (escape sequences, bidi overrides, zero width), line ends, halves of a character. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/**
 * Text from outside as one line that shows what it holds: it cannot colour a terminal, turn the order of a sentence
 * round, or begin a line of its own. What a reader would not see becomes a blank.
 */
export function plainText(text: string): string {
  return text.replace(unseen, " ");
}
