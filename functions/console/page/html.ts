/** Markup that is safe to put into a page. Only {@link html} makes it, so text that came from elsewhere is escaped. */
class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

export type { Html };

/** What a template may hold: markup stays, everything else is text. */
export type HtmlValue = Html | string | number | readonly HtmlValue[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Template of HTML whose values are escaped, in text and in quoted attributes. Lists are written one after another. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(parts.map((part, index) => (index === 0 ? "" : written(values[index - 1] ?? "")) + part).join(""));
}

function written(value: HtmlValue): string {
  if (value instanceof Html) return value.toString();
  if (typeof value === "string") return value.replace(/[&<>"']/g, (character) => entities[character] ?? "");
  return typeof value === "number" ? String(value) : value.map(written).join("");
}
