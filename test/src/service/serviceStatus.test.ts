import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { AssistantNotice } from '../../../machines/assistantEvents.js';
import { ServiceStatus } from '../../../src/service/serviceStatus.js';
import { seen } from '../../fixtures/seenSnapshot.js';

const lost = (device: 'microphone' | 'speaker', error?: unknown): AssistantNotice => ({
  type: 'deviceLost',
  device,
  error,
});

suite('the status of the service', () => {
  test('says what the assistant does', () => {
    const status = new ServiceStatus();
    assert.equal(status.textOf(seen({ idle: 'ready' }, ['resting', 'idle'])), 'Ready to be asked.');
    assert.equal(status.textOf(seen({ speaking: 'playing' }, ['busy', 'speaking'])), 'Speaking.');
    assert.match(status.textOf(seen('muted', ['resting', 'muted'])), /^Muted/);
    assert.match(status.textOf(seen({ starting: 'loading' }, ['busy', 'warmingUp'])), /^Starting/);
  });

  test('says all that is wrong, and why, in the newest words for it', () => {
    const status = new ServiceStatus();
    status.tell(lost('microphone', new Error('It is busy: arecord has it')));
    status.tell(lost('microphone', new Error('There is no microphone "USB". Plug it in.')));
    status.tell({ type: 'modelUnreachable', error: new Error('Ollama does not answer') });
    const tags = ['idle', 'resting', 'microphoneLost', 'speakerLost', 'modelUnreachable'] as const;
    assert.equal(
      status.textOf(seen({ idle: 'ready' }, tags)),
      'Ready to be asked. No microphone: There is no microphone "USB". Plug it in. No speaker. ' +
        'No language model: Ollama does not answer.',
    );
  });

  test('does not go on about what works again', () => {
    const status = new ServiceStatus();
    status.tell(lost('speaker', new Error('It was unplugged.')));
    assert.equal(status.textOf(seen({ idle: 'ready' }, ['idle'])), 'Ready to be asked.');
  });

  test('does not give an old reason for a new trouble that has none', () => {
    const status = new ServiceStatus();
    status.tell(lost('speaker', new Error('It was unplugged.')));
    status.tell(lost('speaker'));
    assert.equal(status.textOf(seen({ idle: 'ready' }, ['idle', 'speakerLost'])), 'Ready to be asked. No speaker.');
  });

  test('says that it cannot start, and that it tries again', () => {
    const status = new ServiceStatus();
    status.tell({ type: 'startFailed', reason: 'modelDamaged', error: new Error('asr.onnx is damaged') });
    const retrying = seen({ starting: 'retrying' }, ['busy', 'warmingUp', 'problem', 'error']);
    assert.equal(status.textOf(retrying), 'Cannot start: asr.onnx is damaged. It is tried again.');
  });

  test('never holds what was said', () => {
    const status = new ServiceStatus();
    status.tell({ type: 'transcript.partial', text: 'my secret', stable: 'my' });
    for (const state of ['listening', 'thinking', 'speaking', 'conversation']) {
      assert.doesNotMatch(status.textOf(seen({ [state]: 'x' }, ['busy'])), /secret/);
    }
  });
});
