/** What of the assistant can be wrong while it runs; each is tried again without end. */
export type Part = 'start' | 'microphone' | 'speaker' | 'model';

/**
 * How the status says it. An update compares what two versions say, so these words stay as they are: an updater that does
 * not find them believes that all is well.
 */
export const TROUBLE_WORDS: Readonly<Record<Part, string>> = {
  start: 'Cannot start',
  microphone: 'No microphone',
  speaker: 'No speaker',
  model: 'No language model',
};

const PARTS = ['start', 'microphone', 'speaker', 'model'] as const;

/** The parts that a status says are in trouble. One that is starting again has not started. */
export function troublesIn(status: string): Part[] {
  const begins = (words: string) => new RegExp(`(?:^|[.!?…] )${words}[.:]`).test(status);
  return PARTS.filter((part) => begins(TROUBLE_WORDS[part]) || (part === 'start' && status.startsWith('Starting:')));
}
