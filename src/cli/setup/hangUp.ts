import type { TerminalInput } from '../../../hardware/gpio/keyboard/rawTerminal.js';
import type { Io } from '../io.js';

/** Sends this whole program a signal, as the terminal does it. */
export function signalSelf(name: NodeJS.Signals): void {
  process.kill(process.pid, name);
}

const DAY_MS = 86_400_000;

/**
 * A terminal that is closed, or a connection that is lost, ends setup and updates as Ctrl-C does, so that what was stopped is
 * started again, and what was switched is switched back. Without a terminal, as under nohup(1), nothing is hung up.
 * @param send for tests
 * @returns ends that; what was hung up meanwhile ends the process
 */
export function heedHangUp({ stdin, stderr }: Pick<Io, 'stdin' | 'stderr'>, send = signalSelf): () => void {
  if (!('isTTY' in stderr && stderr.isTTY === true)) return () => {};
  let isGone = false;
  const onHangUp = () => {
    if (!isGone) send('SIGINT');
    isGone = true;
  };
  // Nobody can set the mode of a terminal that is gone, and readline would fail over it.
  const onEnd = () => {
    const terminal: TerminalInput = stdin;
    if (terminal.isTTY === true) terminal.setRawMode = () => {};
    onHangUp();
  };
  // The question that is open is answered no more: nothing else would keep the program until all is undone.
  const alive = setInterval(() => {}, DAY_MS);
  process.on('SIGHUP', onHangUp);
  stdin.prependListener('end', onEnd);
  return () => {
    clearInterval(alive);
    process.off('SIGHUP', onHangUp);
    stdin.off('end', onEnd);
    if (isGone) send('SIGHUP');
  };
}
