import type { TurnInput } from '../../machines/assistantEvents.js';
import { earsDetector, listenForInterruptions } from './interruption/interruptions.js';
import { UserWords } from './interruption/userWords.js';
import type { Ears } from './listen.js';
import type { RunningTurn } from './runningTurn.js';
import { type SpeakingEvents, speak } from './speak.js';
import type { SpokenReply } from './spokenReply.js';
import type { TurnParts } from './turnActor.js';

/** Speaks; while it is heard the user may talk into it, where our own voice can be told from theirs. */
export async function sayAloud(
  turn: RunningTurn,
  reply: SpokenReply,
  { audible, over }: SpeakingEvents,
  signal: AbortSignal,
): Promise<void> {
  const { parts, record, report, control } = turn;
  const aloud = new AbortController();
  const events: SpeakingEvents = {
    audible: () => {
      audible();
      report({ type: 'turn.audible' });
      hearInterruptions(turn, AbortSignal.any([signal, aloud.signal]));
    },
    over: () => {
      aloud.abort(new Error('the reply is over'));
      over?.();
    },
  };
  await speak(reply, parts.mouth, record, events, control, signal);
}

function hearInterruptions({ parts, report }: RunningTurn, signal: AbortSignal): void {
  const { capture, ears, clock, mouth, echoMode } = parts;
  const mode = echoMode?.() ?? 'half-duplex';
  if (mode === 'half-duplex' || !capture || !ears || !mouth.played) return;
  listenForInterruptions({ capture, ears, clock, mode, aloud: mouth.played, report }, signal).catch(() => {}); // aborted
}

/** Who talks into the reply is heard together with it. */
export function earsFor({ source }: TurnInput, { mouth, echoMode, clock }: TurnParts, ears: Ears): Ears {
  if (source.kind !== 'interruption' || !mouth.played) return ears;
  return {
    ...ears,
    vad: earsDetector(ears, echoMode?.() ?? 'half-duplex'),
    recognizer: new UserWords(ears.recognizer, mouth.played, source.sinceMs, clock),
  };
}
