import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import type { Clock } from '../../hardware/clock.js';

/** A program that was asked to end has so long to do it. */
export const END_PATIENCE_MS = 500;

/**
 * A child process and everything that it starts: a process group of its own, so that a script's children end with it.
 * It ends with this program too, unless that is killed with SIGKILL.
 */
export class ProcessGroup {
  readonly child: ChildProcess;
  /** Resolves when the child has ended or could not be started; what it left behind in its group is then killed. */
  readonly ended: Promise<void>;
  readonly #clock: Clock;
  #isEnded = false;
  #killTimer: unknown;

  /** @param argv the program and its arguments; no shell reads them */
  constructor(
    [program = '', ...args]: readonly string[],
    options: Pick<SpawnOptions, 'cwd' | 'env' | 'stdio'>,
    clock: Clock,
  ) {
    this.#clock = clock;
    this.child = spawn(program, args, { ...options, detached: true, shell: false });
    const kill = () => this.#signal('SIGKILL');
    process.once('exit', kill);
    this.ended = new Promise((resolve) => {
      const onEnd = () => {
        if (this.#isEnded) return;
        kill();
        this.#isEnded = true;
        process.removeListener('exit', kill);
        clock.clearTimeout(this.#killTimer);
        resolve();
      };
      this.child.once('exit', onEnd);
      this.child.once('error', onEnd);
    });
  }

  /** Asks the group to end (SIGTERM), and kills it when it does not. */
  end(): void {
    if (this.#isEnded || this.#killTimer !== undefined) return;
    this.#signal('SIGTERM');
    this.#killTimer = this.#clock.setTimeout(() => this.#signal('SIGKILL'), END_PATIENCE_MS);
  }

  #signal(name: NodeJS.Signals): void {
    const { pid } = this.child;
    if (pid === undefined || this.#isEnded) return;
    try {
      process.kill(-pid, name);
    } catch {
      // Nobody of the group is left.
    }
  }
}
