import { levels } from '../soundCard/audible.js';
import type { VirtualSoundCard } from '../soundCard/virtualSoundCard.js';
import { voicedPart } from '../wordGaps.js';
import { calm, letSpeak, replyOver, type SpeakingAppliance } from './stage.js';

const STRETCH_MS = 10;

/** How loud the assistant speaks: RMS of what is voiced at its speaker, in dB of full scale. */
export async function measuredReplyDb(
  card: VirtualSoundCard,
  appliance: SpeakingAppliance,
  reply: string,
  signal: AbortSignal,
): Promise<number> {
  const recording = await card.recordSpeaker();
  try {
    await letSpeak(appliance, reply, signal);
    await replyOver(appliance, signal);
  } finally {
    recording.end();
    await calm(appliance, signal);
  }
  const rms = levels(recording.sound(), STRETCH_MS).map(({ rmsDb }) => 10 ** (rmsDb / 20));
  const voiced = voicedPart(rms);
  if (!voiced) throw new Error('the assistant cannot be heard: is audio.volume 0?');
  return voiced.levelDb;
}
