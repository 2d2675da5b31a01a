import type { WallLevel } from "../../../shared/domain/quality/wall.ts";

/** The walls there really are. */
export class WallWatch {
  readonly #levels = new Map<string, WallLevel | undefined>();

  put(stream: string, level: WallLevel | undefined): void {
    this.#levels.set(stream, level);
  }

  of(stream: string | undefined): WallLevel | undefined {
    return this.#levels.get(stream ?? "");
  }

  /** Whether a stream has or had one: who could not read the walls since may still believe in it. */
  everStood(stream: string | undefined): boolean {
    return this.#levels.has(stream ?? "");
  }

  /** Streams with a wall. */
  get walled(): readonly string[] {
    return [...this.#levels].flatMap(([stream, level]) => (level === undefined ? [] : [stream]));
  }
}
