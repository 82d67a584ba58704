import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, hostname, tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { VirtualSoundCard } from '../../src/bench/soundCard/virtualSoundCard.js';
import { modelFolder } from '../../src/models/modelFolder.js';
import { checkoutRoot } from '../fixtures/shared.js';
import { withShortPauses } from './cast.js';
import { framesSvg } from './framesSvg.js';
import { privateWords } from './privateWords.js';
import { screenFrames } from './screenFrames.js';
import { recordedSession } from './terminalSession.js';

/**
 * `npm run docs:terminal`: the picture of the terminal in the README. Real commands, typed at a real shell, on a sound
 * card that PulseAudio plays; no language model is asked. Times are as they were,
 * but for pauses: none is longer than `LONGEST_PAUSE_MS`.
 */
const COMMANDS = [
  'pressel say "How many grams are in three ounces?" --out question.wav',
  'pressel ask --wav question.wav',
  'pressel doctor --group network',
] as const;

/** As wide as the waterfall of a turn; all of it fits, so that nothing scrolls. */
const SIZE = { columns: 88, rows: 23 } as const;
const LONGEST_PAUSE_MS = 1_500;
const LAST_MS = 5_000;
/** What a README can carry. */
const MOST_BYTES = 150_000;
const TITLE = `A terminal: a question is spoken into a file, heard, understood and answered, with a waterfall of where the time went; then pressel doctor says what of it the network can reach. Recorded on a computer (${process.arch}) with a virtual sound card. Real times; pauses over ${LONGEST_PAUSE_MS / 1000} s are shortened.`;

const folder = mkdtempSync(path.join(tmpdir(), 'pressel-terminal-'));
const [bin, home, pulse] = ['bin', 'home', 'pulse'].map((name) => path.join(folder, name)) as [string, string, string];
for (const each of [bin, home, pulse]) mkdirSync(each);
symlinkSync(path.join(checkoutRoot(), 'dist', 'src', 'cli', 'main.js'), path.join(bin, 'pressel'));
const card = new VirtualSoundCard(pulse, process.env['PATH']);
try {
  await card.start();
  const cast = await recordedSession(COMMANDS, {
    ...SIZE,
    folder: home,
    env: {
      ...card.env,
      PATH: `${bin}:${path.dirname(process.execPath)}:/usr/bin:/bin`,
      HOME: home,
      XDG_RUNTIME_DIR: home,
      PRESSEL_MODELS: modelFolder(process.env, homedir()),
    },
  });
  const frames = await screenFrames(withShortPauses(cast, LONGEST_PAUSE_MS));
  const svg = framesSvg(frames, { ...SIZE, title: TITLE, lastMs: LAST_MS });
  const told = privateWords(svg, [hostname(), userInfo().username, homedir(), checkoutRoot(), folder, tmpdir()]);
  if (told.length > 0) throw new Error(`the picture would tell of this machine: ${told.join(', ')}`);
  if (Buffer.byteLength(svg) > MOST_BYTES) throw new Error(`the picture has ${Buffer.byteLength(svg)} bytes`);
  const target = path.join(checkoutRoot(), 'docs', 'terminal.svg');
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, svg);
  const seconds = ((frames.at(-1)?.atMs ?? 0) / 1000).toFixed(1);
  process.stdout.write(`${target}: ${frames.length} frames, ${seconds} s, ${Buffer.byteLength(svg)} bytes\n`);
} finally {
  await card.close();
  rmSync(folder, { recursive: true, force: true });
}
