import { Worker } from 'node:worker_threads';

/** What the main thread sends to an inference thread. */
export type ToWorker =
  | { kind: 'call'; id: number; op: string; args: unknown }
  | { kind: 'cancel'; id: number }
  | { kind: 'close' };

/** What an inference thread answers. */
export type FromWorker =
  | { kind: 'result'; id: number; value: unknown }
  | { kind: 'error'; id: number; reason: string; message: string };

/** A model could not be loaded or run. `reason` comes from the engine; `crashed` means that its thread died. */
export class InferenceError extends Error {
  override readonly name = 'InferenceError';
  constructor(
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

interface PendingCall {
  resolve(value: unknown): void;
  reject(error: Error): void;
  cleanUp(): void;
}

/**
 * One worker thread that runs one model. `onnxruntime-node` computes on the thread that calls it, so no model may be
 * called from the main thread. The thread starts with the first call and again after a crash.
 *
 * The thread is never terminated from outside: terminating a thread in the middle of an inference aborts the whole
 * process. Cancelling is cooperative (the model's loop looks at its signal between steps), and so is closing.
 */
export class InferenceWorker {
  #worker: Worker | undefined;
  #exited: Promise<void> = Promise.resolve();
  #closed = false;
  #nextId = 1;
  readonly #pending = new Map<number, PendingCall>();

  /**
   * @param script the compiled module that calls `serveInference`
   * @param workerData structured-cloneable settings for it, e.g. the model's paths
   */
  constructor(
    readonly script: URL,
    readonly workerData: unknown,
  ) {
    // Must be in the real environment of the process before the native library loads: onnxruntime >= 1.29 reports home
    // otherwise. A worker's own `process.env` is a copy that native code does not see, so it is set here.
    process.env['ORT_DISABLE_TELEMETRY'] = '1';
  }

  /**
   * Runs `op` with `args` in the thread. Calls run in the order in which they were made.
   * @throws the signal's reason at once when aborted (the thread stops at its next step)
   * @throws {InferenceError} what the engine reported, or `crashed`
   */
  call<Result>(op: string, args: unknown, signal: AbortSignal, transfer: ArrayBuffer[] = []): Promise<Result> {
    if (this.#closed) return Promise.reject(new InferenceError('closed', `${this.#label} is closed`));
    if (signal.aborted) return Promise.reject(signal.reason);
    const worker = this.#start();
    const id = this.#nextId++;
    return new Promise<Result>((resolve, reject) => {
      // First, because it throws on what cannot be sent. The answer comes in a later turn of the event loop.
      worker.postMessage({ kind: 'call', id, op, args } satisfies ToWorker, transfer);
      const onAbort = () => {
        worker.postMessage({ kind: 'cancel', id } satisfies ToWorker);
        this.#pending.delete(id);
        reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#pending.set(id, {
        resolve: resolve as (value: unknown) => void,
        reject,
        cleanUp: () => signal.removeEventListener('abort', onAbort),
      });
    });
  }

  /** Lets the running step finish, then ends the thread. Pending calls are rejected. Safe to call twice. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#failPending(new InferenceError('closed', `${this.#label} is closed`));
    this.#worker?.postMessage({ kind: 'close' } satisfies ToWorker);
    await this.#exited;
  }

  get #label(): string {
    return (
      this.script.pathname
        .split('/')
        .at(-1)
        ?.replace(/\.(worker\.)?js$/, '') ?? 'inference'
    );
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(this.script, { workerData: this.workerData });
    this.#worker = worker;
    worker.on('message', (message: FromWorker) => this.#onMessage(message));
    let crash: Error | undefined;
    worker.on('error', (error) => {
      crash = error;
    });
    this.#exited = new Promise((resolve) => {
      worker.on('exit', (code) => {
        if (this.#worker === worker) this.#worker = undefined;
        const why = crash ? crash.message : `exit code ${code}`;
        this.#failPending(new InferenceError('crashed', `${this.#label} stopped unexpectedly: ${why}`));
        resolve();
      });
    });
    return worker;
  }

  #onMessage(message: FromWorker): void {
    const call = this.#pending.get(message.id);
    if (!call) return; // aborted meanwhile
    this.#pending.delete(message.id);
    call.cleanUp();
    if (message.kind === 'result') call.resolve(message.value);
    else call.reject(new InferenceError(message.reason, message.message));
  }

  #failPending(error: InferenceError): void {
    for (const call of this.#pending.values()) {
      call.cleanUp();
      call.reject(error);
    }
    this.#pending.clear();
  }
}
