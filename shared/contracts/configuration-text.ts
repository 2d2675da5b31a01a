import * as z from "zod";

/** A name that an operator gives. @param what - what it names, for the error */
export const name = (what: string) =>
  z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, `expected a ${what} of 1 to 40 characters a-z, 0-9 and -, starting with a letter`);

/** A domain or an address that SES has verified. */
export const identity = z
  .string()
  .regex(
    /^(?:[^@\s]+@)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i,
    "expected a verified identity: a domain such as example.com or an address",
  );

/** What stands behind the @ of an address, in lower case. */
export const domain = z
  .string()
  .regex(
    /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i,
    "expected a domain such as example.com, in punycode where it is not ASCII",
  )
  .toLowerCase();
