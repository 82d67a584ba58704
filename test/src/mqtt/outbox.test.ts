import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Message, passing, retained } from '../../../src/mqtt/message.js';
import { Outbox } from '../../../src/mqtt/outbox.js';

/** A broker that takes its time. */
function slowBroker() {
  const sent: string[] = [];
  const done: (() => void)[] = [];
  const send = ({ topic, payload }: Message, finished: () => void) => {
    sent.push(`${topic}=${payload}`);
    done.push(finished);
  };
  return { sent, send, takeAll: () => done.splice(0).forEach((finished) => void finished()) };
}

describe('The outbox', () => {
  it('keeps the newest value of each topic while there is no broker, and no gesture', () => {
    const outbox = new Outbox();
    const { sent, send } = slowBroker();
    for (let n = 0; n < 100_000; n += 1) outbox.put(retained('state', `${n}`));
    outbox.put(retained('volume', '40'));
    outbox.put(passing('button', 'tap'));
    assert.equal(outbox.waiting, 2);
    outbox.open(send);
    assert.deepEqual(sent, ['state=99999', 'volume=40']);
  });

  it('says nothing twice', () => {
    const outbox = new Outbox();
    const { sent, send, takeAll } = slowBroker();
    outbox.open(send);
    outbox.put(retained('state', 'idle'));
    outbox.put(retained('state', 'idle'));
    takeAll();
    outbox.put(retained('state', 'idle'));
    assert.deepEqual(sent, ['state=idle']);
  });

  it('does not grow while a broker takes nothing', () => {
    const outbox = new Outbox();
    const { sent, send, takeAll } = slowBroker();
    outbox.open(send);
    for (let n = 0; n < 10_000; n += 1) {
      outbox.put(retained('state', `${n}`));
      outbox.put(passing('button', `${n}`));
    }
    assert.equal(sent.length, 8);
    assert.ok(outbox.waiting <= 17, `${outbox.waiting} wait`);
    for (let n = 0; n < 10; n += 1) takeAll();
    assert.equal(
      sent.findLast((line) => line.startsWith('state')),
      'state=9999',
    );
    assert.equal(
      sent.findLast((line) => line.startsWith('button')),
      'button=9999',
    );
    assert.equal(outbox.waiting, 0);
  });

  it('tells the next broker everything, also what the last one may have had', () => {
    const outbox = new Outbox();
    const first = slowBroker();
    outbox.open(first.send);
    outbox.put(retained('state', 'idle'));
    outbox.close();
    first.takeAll();
    const second = slowBroker();
    outbox.open(second.send);
    assert.deepEqual(second.sent, ['state=idle']);
    outbox.put(retained('state', 'muted'));
    assert.deepEqual(second.sent, ['state=idle', 'state=muted']);
  });
});
