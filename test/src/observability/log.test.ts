import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { DEFAULT_CONFIG } from '../../../src/config/config.js';
import { openLog } from '../../../src/observability/log.js';

function written(log: Partial<(typeof DEFAULT_CONFIG)['log']>): string {
  const stream = new PassThrough();
  const logger = openLog({ ...DEFAULT_CONFIG, log: { ...DEFAULT_CONFIG.log, ...log } }, stream);
  logger.warn({ reason: 'refused' }, 'the model server cannot be reached');
  logger.debug('unimportant');
  return String(stream.read() ?? '');
}

describe('the log', () => {
  it('writes short lines for people', () => {
    assert.equal(written({ format: 'pretty' }), 'warn: the model server cannot be reached {"reason":"refused"}\n');
  });

  it('writes JSON lines where nobody is at a terminal', () => {
    const { level, reason, msg } = JSON.parse(written({ format: 'auto' }));
    assert.deepEqual([level, reason, msg], [40, 'refused', 'the model server cannot be reached']);
  });

  it('has a stack for a fault of the program, and none for a file that the system refuses', () => {
    const stream = new PassThrough();
    const logger = openLog(DEFAULT_CONFIG, stream);
    logger.warn({ error: new TypeError('a fault') }, 'first');
    logger.warn({ error: Object.assign(new Error('EACCES'), { syscall: 'open', path: '/x' }) }, 'second');
    logger.warn({ error: 'words' }, 'third');
    const errors = String(stream.read())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).error);
    assert.match(errors[0].stack, /TypeError: a fault/);
    assert.deepEqual([errors[1].stack, errors[1].path, errors[2]], [undefined, '/x', 'words']);
  });

  it('leaves out what is less important than its level', () => {
    assert.equal(written({ level: 'error' }), '');
    assert.match(written({ level: 'debug', format: 'pretty' }), /debug: unimportant/);
  });
});
