import { systemClock } from '../../../hardware/clock.js';
import { ChardevButton } from '../../../hardware/gpio/chardev/chardevButton.js';

/**
 * A process of its own that holds the line of its first argument, prints each edge, and calls `process.exit` when it is
 * told anything on its standard input.
 */
const [line = ''] = process.argv.slice(2);
process.stdin.once('data', () => process.exit(3));
const edges = new ChardevButton({ line, clock: systemClock, bias: 'none' }).edges(new AbortController().signal);
for await (const edge of edges) process.stdout.write(edge.pressed ? 'pressed\n' : 'released\n');
