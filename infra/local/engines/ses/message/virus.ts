/** The harmless text that virus scanners agree to find; split here so that no scanner finds this file. */
const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}", "$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!", "$H+H*"].join("");
/** How it begins in a base64 part of a raw mail. */
const eicarBase64 = Buffer.from(eicar).toString("base64").slice(0, 40);

/** Whether SES's scanner would call the content bad. */
export function hasVirus(text: string): boolean {
  return text.includes("X5O!") ? text.includes(eicar) : text.includes(eicarBase64);
}
