import type { ClientMessage } from '../protocol.js';
import type { Inspected } from './inspected.js';

/** What somebody does on the panel. */
export type PanelMessage = Exclude<ClientMessage, { type: 'watch' | 'doctor' }>;

/**
 * Does what somebody wants who is at the panel, by the same events as the hardware.
 * @param client whoever it is, for the button that they hold
 * @returns why it cannot be done, for people; undefined: it is
 */
export function carryOut(message: PanelMessage, client: object, inspected: Inspected): string | undefined {
  const { appliance, volume, button } = inspected;
  switch (message.type) {
    case 'button':
      if (message.pressed) button.press(client);
      else button.release(client);
      return undefined;
    case 'command':
      appliance.send({ type: message.command });
      return undefined;
    case 'ask':
      return ask(message.question.trim(), inspected);
    case 'volume':
      if (message.percent !== undefined) volume.percent = Math.round(message.percent);
      if (message.isMuted !== undefined) volume.isMuted = message.isMuted;
      return undefined;
  }
}

function ask(question: string, { appliance, maxQuestionChars }: Inspected): string | undefined {
  if (question === '') return 'There is no question.';
  if (question.length > maxQuestionChars) {
    return `The question has ${question.length} characters; ${maxQuestionChars} are the most (llm.max_question_chars).`;
  }
  if (appliance.snapshot.hasTag('warmingUp')) return 'It is still starting: ask again in a moment.';
  if (appliance.snapshot.hasTag('muted')) return 'It is muted: unmute it first.';
  appliance.send({ type: 'ask', question });
  return undefined;
}
