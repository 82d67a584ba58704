import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { suite, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { createWebSocketReceiver, type StatelyInspectionEvent } from '@statelyai/inspect';
import { WebSocket, WebSocketServer } from 'ws';
import type { InspectionEvent } from 'xstate';
import { SimulatedClock } from 'xstate';
import { streamToStately } from '../../../../src/inspector/stately/streamToStately.js';
import type { Log } from '../../../../src/observability/log.js';
import { RecordedLog } from '../../../fixtures/recordedLog.js';
import { AssistantRig } from '../../../machines/assistantRig.js';
import { AssistantStage } from '../../../machines/assistantStage.js';

/** What stands between a program and those who receive its inspection events: everybody gets what anybody sends. */
class Relay {
  readonly received: StatelyInspectionEvent[] = [];
  #server: WebSocketServer | undefined;
  #port = 0;

  get url(): string {
    return `ws://127.0.0.1:${this.#port}`;
  }

  async open(): Promise<void> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: this.#port });
    this.#server = server;
    server.on('connection', (socket) => {
      socket.on('message', (data) => {
        for (const other of server.clients) if (other !== socket) other.send(String(data));
      });
    });
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    // The package's own: it takes what the relay passes on.
    createWebSocketReceiver({ server: this.url }).subscribe((event) => this.received.push(event));
    await once(server, 'connection');
  }

  async until(seen: (event: StatelyInspectionEvent) => boolean): Promise<StatelyInspectionEvent> {
    for (let found: StatelyInspectionEvent | undefined; ; await wait(2)) {
      found = this.received.find(seen);
      if (found) return found;
    }
  }

  async close(): Promise<void> {
    const server = this.#server;
    for (const client of server?.clients ?? []) client.terminate();
    await new Promise((resolve) => server?.close(resolve));
  }
}

async function streamed(showWords: boolean, use: (scene: Scene) => Promise<void>): Promise<void> {
  const relay = new Relay();
  await relay.open();
  const clock = new SimulatedClock();
  const log = new RecordedLog();
  const stream = streamToStately({ url: relay.url, showWords, clock, log: log as unknown as Log });
  const rig = new AssistantRig(new AssistantStage(), undefined, undefined, stream.inspect);
  try {
    await use({ relay, rig, clock, log, inspect: stream.inspect });
  } finally {
    rig.actor.stop();
    stream.close();
    await relay.close();
  }
}

interface Scene {
  readonly relay: Relay;
  readonly rig: AssistantRig;
  readonly clock: SimulatedClock;
  readonly log: RecordedLog;
  readonly inspect: (event: InspectionEvent) => void;
}

function isMutedSnapshot(event: StatelyInspectionEvent): boolean {
  return (
    event.type === '@xstate.snapshot' && (event.snapshot as { value?: { turn?: unknown } }).value?.turn === 'muted'
  );
}

async function goesToIdle(rig: AssistantRig): Promise<void> {
  for (const state of ['microphone.opening', 'speaker.opening', 'turn.starting.loading', 'turn.starting.warming']) {
    await rig.happens('done', state);
  }
}

suite('the statechart streamed to an inspector', { timeout: 20_000 }, () => {
  test('tells a receiver who there is, each event and each state', async () => {
    await streamed(false, async ({ relay, rig }) => {
      await goesToIdle(rig);
      await rig.happens('mute');
      const muted = await relay.until(isMutedSnapshot);
      assert.equal(muted.type === '@xstate.snapshot' && muted.event.type, 'mute');
      const actor = await relay.until((event) => event.type === '@xstate.actor' && event.parentId === undefined);
      assert.ok(actor.type === '@xstate.actor' && actor.definition);
      assert.equal(actor.name, 'assistant');
      const { states } = JSON.parse(actor.definition);
      assert.ok(states.turn.states.starting.states.opening.always, 'with the transitions that XState leaves out');
      assert.ok(relay.received.some((event) => event.type === '@xstate.event' && event.event.type === 'mute'));
    });
  });

  test('introduces itself anew to a receiver that comes later', async () => {
    await streamed(false, async ({ relay, rig, clock, log }) => {
      await goesToIdle(rig);
      await relay.until((event) => event.type === '@xstate.snapshot');
      await relay.close();
      while (!log.lines.some((line) => line.includes('no inspector receives'))) await wait(2);
      await rig.happens('mute');
      relay.received.length = 0;
      await relay.open();
      clock.increment(1_000);
      await relay.until((event) => event.type === '@xstate.actor' && event.name === 'assistant');
      await relay.until(isMutedSnapshot);
      assert.equal(log.complaints.length, 1, 'and is not told of each attempt');
    });
  });

  test('shows nothing that was said, unless that is wanted', async () => {
    for (const showWords of [false, true]) {
      await streamed(showWords, async ({ relay, rig }) => {
        await goesToIdle(rig);
        await rig.happens('ask');
        await rig.happens('mute');
        await relay.until(isMutedSnapshot);
        assert.equal(/how far is the moon/.test(JSON.stringify(relay.received)), showWords);
      });
    }
  });

  test('is not steered by what a receiver sends', async () => {
    await streamed(false, async ({ relay, rig }) => {
      await goesToIdle(rig);
      await rig.happens('mute');
      await relay.until(isMutedSnapshot);
      const intruder = new WebSocket(relay.url);
      await once(intruder, 'open');
      intruder.send(JSON.stringify({ type: '@xstate.event', event: { type: 'unmute' } }));
      await relay.until((event) => event.type === '@xstate.event' && event.event.type === 'unmute');
      assert.deepEqual(rig.states[0], 'turn.muted');
      intruder.close();
    });
  });
});
