import { CAPTURE_RATE_HZ } from '../../hardware/audio/pcm.js';
import type { TurnReport, TurnSource } from '../../machines/assistantEvents.js';
import { asksBack } from './asksBack.js';
import { endsConversation } from './farewell.js';
import { interjectionKind } from './interruption/interjections.js';
import { isOwnEcho } from './interruption/ownWords.js';
import type { Heard } from './listen.js';
import { isNonsense, loudnessOf } from './nonsense.js';
import type { Mind } from './reply.js';
import type { Mouth } from './speak.js';

/** What a turn ends with when nothing is to be said to what was heard; undefined when a reply is due. */
export function endingWithoutReply(
  { kind }: TurnSource,
  question: string,
  heard: Heard,
  { mind, mouth }: { readonly mind: Mind; readonly mouth: Mouth },
): TurnReport | undefined {
  if (isNothing(question, heard.samples)) return { type: 'turn.nothingHeard' };
  if (kind === 'followUp' && isOwnVoice(mouth, heard)) return { type: 'turn.nothingHeard' };
  if ((kind === 'followUp' || kind === 'interruption') && endsConversation(question)) return { type: 'turn.farewell' };
  if (kind === 'interruption' && wantsSilence(mind, question)) return { type: 'turn.silenced' };
  return undefined;
}

/** "Wait", "no": they will go on when they like. Who only agreed was taken for an interrupter, unless they were asked. */
function wantsSilence({ conversation }: Mind, words: string): boolean {
  const kind = interjectionKind(words);
  const wereAsked = asksBack(conversation.exchanges.at(-1)?.heard ?? '');
  return kind === 'stop' || (kind === 'backchannel' && !wereAsked);
}

/** Whether the microphone has heard the end of our own reply and nothing else. */
function isOwnVoice({ played }: Mouth, { transcript, samples, speechEndAtMs }: Heard): boolean {
  if (!played) return false;
  const fromMs = speechEndAtMs - (samples.length / CAPTURE_RATE_HZ) * 1000;
  return isOwnEcho({ transcript, fromMs, toMs: speechEndAtMs }, played.chunks);
}

/** Nobody spoke, or nobody said anything: what recognisers make of a cough, a breath and silence. */
function isNothing(question: string, samples: Float32Array): boolean {
  return question === '' || interjectionKind(question) === 'noise' || isNonsense(question, loudnessOf(samples));
}
