import * as z from "zod";

/** Why a template cannot become a mail; SES accepts the mail and reports this as an event. */
export class RenderingError extends Error {
  override readonly name = "RenderingError";
}

const Data = z.record(z.string(), z.unknown());

/** The replacement values of a template, a JSON object in a text. */
export function parseTemplateData(json: string | undefined): Record<string, unknown> {
  try {
    return Data.parse(JSON.parse(json ?? "{}"));
  } catch {
    throw new RenderingError("Template data is not a valid JSON object.");
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function lookUp(data: Record<string, unknown>, path: string): unknown {
  let value: unknown = data;
  for (const key of path.split(".")) value = isRecord(value) ? value[key] : undefined;
  return value;
}

/**
 * Fills `{{name}}` in, unescaped as SES does. Block helpers are not known here and are refused, so that no template looks
 * rendered that is not.
 */
export function renderTemplate(template: string, data: Record<string, unknown>): string {
  return template.replace(/\{\{\{?\s*([^{}]*?)\s*\}?\}\}/g, (_all, name: string) => {
    if (!/^[\w.-]+$/.test(name)) throw new RenderingError(`'${name}' is not supported by the local SES engine.`);
    const value = lookUp(data, name);
    if (value === undefined) throw new RenderingError(`Attribute '${name}' is not present in the rendering data.`);
    return String(value);
  });
}
