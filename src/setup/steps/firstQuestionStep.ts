import type { Config } from '../../config/config.js';
import type { Dialogue } from '../dialogue.js';
import type { NoTest } from '../freeDevices.js';
import type { SetupStep } from '../setupStep.js';

/** A turn, as far as it is told. */
export interface FirstTurn {
  readonly transcript: string;
  readonly reply: string;
  /** From the last sound of the question to the first of the answer; null where nothing was heard. */
  readonly firstAudioMs: number | null;
  readonly problem?: string;
}

/** How a question is asked: through the same statechart and data path as by the appliance. */
export interface FirstQuestion {
  /** @throws when it cannot be asked at all */
  typed(config: Config, question: string, signal: AbortSignal): Promise<FirstTurn>;
  /** @param onListening whether it listens: speak now, or wait for the answer */
  spoken(config: Config, onListening: (listens: boolean) => void, signal: AbortSignal): Promise<FirstTurn>;
}

/** Needs no language model, so that it works wherever the rest does. */
const EXAMPLE = 'What time is it?';

/** One question and its answer. */
export function firstQuestionStep(asking: FirstQuestion, mayTest: (dialogue: Dialogue) => Promise<NoTest>): SetupStep {
  return {
    name: 'firstQuestion',
    title: 'A first question',
    run: async ({ dialogue, settings, signal }) => {
      const noTest = await mayTest(dialogue);
      if (noTest !== undefined) return { outcome: 'skipped', ...noTest };
      for (;;) {
        const how = await dialogue.choose(
          'Ask it something?',
          [
            { value: 'spoken', label: 'Yes, aloud' },
            { value: 'typed', label: 'Yes, typed' },
            { value: 'no', label: 'Not now' },
          ],
          dialogue.isAttended ? 'spoken' : 'typed',
        );
        if (how === 'no') return { outcome: 'skipped' };
        const { config } = settings.current;
        const question = how === 'typed' ? await dialogue.text('Your question', EXAMPLE) : EXAMPLE;
        const live = dialogue.live();
        live.show('loading the models ...');
        let turn: FirstTurn | undefined;
        let problem: string | undefined;
        try {
          turn = await (how === 'typed'
            ? asking.typed(config, question, signal)
            : asking.spoken(
                config,
                (listens) => live.show(listens ? `Speak now, for instance: "${EXAMPLE}"` : 'answering ...'),
                signal,
              ));
          problem = turn.problem;
        } catch (error) {
          signal.throwIfAborted();
          problem = error instanceof Error ? error.message : String(error);
        } finally {
          live.end();
        }
        if (turn !== undefined && turn.transcript !== '') dialogue.tell(`You: ${turn.transcript}`);
        if (turn !== undefined && turn.reply !== '') dialogue.tell(`Pressel: ${turn.reply}${timing(turn)}`, 'good');
        const found = { ...turn };
        if (problem === undefined) return { outcome: 'done', found };
        dialogue.tell(problem, 'warning');
        if (!dialogue.isAttended || !(await dialogue.confirm('Try once more?', true))) {
          return { outcome: 'left', found, left: [`The first question: ${problem} See: pressel doctor`] };
        }
      }
    },
  };
}

function timing({ firstAudioMs }: FirstTurn): string {
  return firstAudioMs === null ? '' : `  (began after ${(firstAudioMs / 1000).toFixed(1)} s)`;
}
