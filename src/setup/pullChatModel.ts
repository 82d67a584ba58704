import { messageOf } from '../failures/messageOf.js';
import type { ChatServer } from './chatServer.js';
import type { SetupContext } from './setupStep.js';
import { TransferPace, transferLine } from './transferPace.js';

/** Has the server fetch a model, as often as the owner tries it. @returns what is left to do; undefined: it is there */
export async function pullChatModel(
  { dialogue, command, signal }: SetupContext,
  { server, url, model, now }: { server: ChatServer; url: string; model: string; now: () => number },
): Promise<string | undefined> {
  for (;;) {
    const live = dialogue.live();
    const pace = new TransferPace();
    try {
      await server.pull(
        url,
        model,
        ({ status, doneBytes, totalBytes }) => {
          // After the last byte it checks what it has, which takes a while on an SD card.
          if (totalBytes === null || (doneBytes >= totalBytes && !status.startsWith('pulling'))) {
            live.show(`${model}: ${status}`);
            return;
          }
          pace.add(now(), doneBytes);
          live.show(transferLine(model, { doneBytes, totalBytes }, pace, live.room));
        },
        signal,
      );
      live.end(`${model} is on the server.`, 'good');
      return undefined;
    } catch (error) {
      live.end();
      signal.throwIfAborted();
      const reason = messageOf(error);
      dialogue.tell(reason, 'warning');
      const again = await dialogue.choose(
        'What now?',
        [
          { value: true, label: 'Try again', hint: 'it goes on where it stopped' },
          { value: false, label: 'Go on without it' },
        ],
        dialogue.isAttended,
      );
      if (!again) return `The language model ${model}: ${command('setup')}, which goes on where it stopped (${reason})`;
    }
  }
}
