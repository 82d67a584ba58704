import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writtenToolCalls } from '../../../src/llm/writtenToolCalls.js';

const CALL = { name: 'kettle', arguments: { litres: 1 } };

describe('a call that a model has written into its text', () => {
  for (const written of [
    '{"name":"kettle","arguments":{"litres":1}}',
    '{"name": "kettle", "parameters": {"litres": 1}}',
    '{"arguments": {"litres": 1}, "name": "kettle"}',
    '[{"name":"kettle","arguments":{"litres":1}}]',
    '```json\n{"name":"kettle","arguments":{"litres":1}}\n```',
    '{"type":"function","function":{"name":"kettle","parameters":{"litres":1}}}',
    '{"type":"function","name":"kettle","arguments":{"litres":1}}',
    '{"function":{"name":"kettle","arguments":"{\\"litres\\":1}"}}',
    '{"tool_calls":[{"function":{"name":"kettle","arguments":{"litres":1}}}]}',
    '{"tool_name":"kettle","args":{"litres":1}}',
    '{"name":"kettle","arguments":{"litres":1}',
    '[{"name":"kettle","arguments":{"litres":1}}',
  ]) {
    it(`is read from ${written.replaceAll('\n', ' ')}`, () => assert.deepEqual(writtenToolCalls(written), [CALL]));
  }

  it('may be several', () => {
    assert.deepEqual(writtenToolCalls(JSON.stringify([CALL, CALL])), [CALL, CALL]);
  });

  it('may lack its arguments or its name, which its answer can say', () => {
    assert.deepEqual(writtenToolCalls('{"name":"kettle"}'), [{ name: 'kettle', arguments: {} }]);
    assert.deepEqual(writtenToolCalls('{"parameters":{"litres":1}}'), [{ name: '', arguments: { litres: 1 } }]);
  });

  for (const written of ['', 'kettle', '{', '7', 'null', '[]', '[1]', '{"name": kettle}', '['.repeat(10_000)]) {
    it(`is none in ${JSON.stringify(written.slice(0, 30))}`, () => assert.equal(writtenToolCalls(written), undefined));
  }
});
