import type { ReleaseMarks } from "../../../shared/ports/release-marks.ts";

export class MemoryReleaseMarks implements ReleaseMarks {
  readonly #put = new Set<string>();

  async first(mail: string): Promise<boolean> {
    const isFirst = !this.#put.has(mail);
    this.#put.add(mail);
    return isFirst;
  }
}
