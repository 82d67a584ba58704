/**
 * How a small computer's cores are shared: the chat model goes on generating while the voice makes the first sound, and
 * the microphone must be heard all the time. `cores` is what `os.availableParallelism()` gives.
 */

/** A Raspberry Pi has four. */
const SMALL = 4;

/**
 * Threads of a voice: more make a clause sooner, up to what is gained by a third (published times of Piper on a Pi 4 with
 * 1, 2, 3 and 4 threads: 0.774, 0.482, 0.390 and 0.357 s per second of sound). One core is left to the microphone.
 */
export function voiceThreads(cores: number): number {
  return Math.max(1, Math.min(3, cores - 1));
}

/**
 * Threads of a chat model on the same small computer: all cores but one. Generation is bound by the memory and loses
 * nothing. Undefined: the server knows best.
 */
export function chatModelThreads(cores: number): number | undefined {
  return cores === SMALL ? SMALL - 1 : undefined;
}
