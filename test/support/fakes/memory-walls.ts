import type { Wall, WallLevel, WallRecord } from "../../../shared/domain/quality/wall.ts";
import type { Walls } from "../../../shared/ports/walls.ts";

export class MemoryWalls implements Walls {
  readonly #kept = new Map<string, WallRecord>();
  /** Reads so far. */
  reads = 0;
  /** Runs before each write, as somebody who is faster. */
  beforeWrite: (changed: WallRecord) => void = () => {};

  async read(): Promise<readonly WallRecord[]> {
    this.reads += 1;
    return [...this.#kept.values()];
  }

  async write(changed: WallRecord): Promise<boolean> {
    this.beforeWrite(changed);
    const kept = this.#kept.get(changed.stream);
    if (kept !== undefined && kept.version !== changed.version) return false;
    this.put({ ...changed, version: changed.version + 1 });
    return true;
  }

  of(stream: string): WallRecord | undefined {
    return this.#kept.get(stream);
  }

  /** A record as a test wants it. */
  put(record: WallRecord): void {
    this.#kept.set(record.stream, record);
  }

  /** A wall in force. */
  raise(level: WallLevel, { stream = "news", pool = "news", ...changes }: Partial<Wall> = {}): void {
    const wall: Wall = { stream, pool, level, cause: "bounces", why: "too many bounces", sinceMs: 0, ...changes };
    this.put({ stream, pool, wall, version: (this.of(stream)?.version ?? 0) + 1 });
  }

  /** No wall is in force any more. */
  fall(stream = "news"): void {
    const { pool = stream, version = 0 } = this.of(stream) ?? {};
    this.put({ stream, pool, version: version + 1 });
  }
}
