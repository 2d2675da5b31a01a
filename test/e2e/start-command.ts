import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** `npm start` with these options, as a process of its own. */
export class StartCommand {
  readonly process: ChildProcess;
  #output = "";
  #errors = "";
  readonly #beganMs: number;

  constructor(...options: string[]) {
    this.#beganMs = performance.now();
    // In a process group of its own, which a kill can end as a whole.
    this.process = spawn(process.execPath, ["infra/local/run.ts", ...options], {
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    this.process.stdout?.on("data", (chunk: Buffer) => (this.#output += chunk));
    this.process.stderr?.on("data", (chunk: Buffer) => (this.#errors += chunk));
  }

  /** What it has said on stderr so far. */
  get errors(): string {
    return this.#errors;
  }

  /** The first line it prints, parsed. */
  async firstLine(): Promise<Record<string, unknown>> {
    while (!this.#output.includes("\n")) {
      if (this.process.exitCode !== null) throw new Error(`it ended: ${this.#errors}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return JSON.parse(this.#output.split("\n")[0] ?? "");
  }

  /** Waits for a line on stderr. */
  async says(text: string): Promise<void> {
    while (!this.#errors.includes(text)) {
      if (this.process.exitCode !== null) throw new Error(`it ended without saying ${text}: ${this.#errors}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Its exit code and what it printed. */
  async ended(): Promise<{ code: number | null; output: string }> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, "exit");
    return { code: this.process.exitCode, output: this.#output };
  }

  get saysReady(): boolean {
    return this.#errors.includes("Ready");
  }

  /** Waits until it is ready. @returns how long its start took, ms */
  async ready(): Promise<number> {
    await this.says("Ready");
    return performance.now() - this.#beganMs;
  }

  /** Ends it: SIGKILL hits the processes of its functions too, as the end of a machine would. */
  async kill(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const { pid } = this.process;
    if (signal === "SIGKILL" && pid !== undefined && this.process.exitCode === null) process.kill(-pid, signal);
    else this.process.kill(signal);
    await this.ended();
  }
}
