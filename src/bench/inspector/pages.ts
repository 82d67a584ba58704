import { WebSocket } from 'ws';
import { SUBPROTOCOL } from '../../inspector/protocol.js';

/**
 * A program of its own, so that what pages cost themselves is not the appliance's: opens so many of them at an inspector,
 * watches everything there is to watch, says "open" when each has had its first message, and ends with its input.
 * Usage: `node pages.js URL COUNT`.
 */
const [url = '', count = '0'] = process.argv.slice(2);
const address = `${url.replace(/^http/, 'ws').replace(/\/$/, '')}/live`;
const pages = Array.from({ length: Number(count) }, () => new WebSocket(address, SUBPROTOCOL));
await Promise.all(
  pages.map(
    (page) =>
      new Promise<void>((resolve, reject) => {
        page.on('error', reject);
        page.once('open', () => page.send(JSON.stringify({ type: 'watch', trace: true, health: true, words: true })));
        page.once('message', () => resolve());
      }),
  ),
);
process.stdout.write('open\n');
process.stdin.resume().once('end', () => process.exit(0));
