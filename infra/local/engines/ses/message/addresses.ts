import { badRequest } from "../ses-error.ts";

const bareAddress = /^(?:[^\s@<>"(),:;]+|"(?:[^"\\\r\n]|\\.)*")@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/;

/** The bare address of `Name <local@domain>`; refuses what is no address. */
export function bare(address: string): string {
  const found = (/<([^<>]*)>\s*$/.exec(address)?.[1] ?? address).trim();
  if (!found.includes("@")) throw badRequest("Missing final '@domain'");
  if (!bareAddress.test(found)) throw badRequest("Illegal address");
  return found;
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}

/** Splits a header's address list at the commas that are not inside quotes. */
export function splitAddressList(value: string): string[] {
  const parts = value.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
