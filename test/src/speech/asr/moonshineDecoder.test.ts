import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ort } from '../../../../src/inference/onnx.js';
import type { Tensors } from '../../../../src/speech/asr/keyValueCache.js';
import { type DecoderSession, MoonshineDecoder } from '../../../../src/speech/asr/moonshineDecoder.js';

const START = 1;
const END = 2;
const VOCABULARY = 12;
const HEADS = 8;
const HEAD_SIZE = 36;
const never = new AbortController().signal;
const hidden = new ort.Tensor('float32', new Float32Array(288), [1, 1, 288]);

const KEY = '0.decoder.key';
const SOUND = '0.encoder.key';

/**
 * A decoder that writes what `next` says of all tokens before. It keeps those in its keys and nowhere else, each head
 * all of them, so that it goes wrong when the keys do.
 */
class ScriptedDecoder implements DecoderSession {
  readonly inputNames = ['input_ids', 'use_cache_branch', `past_key_values.${KEY}`, `past_key_values.${SOUND}`];
  /** Tokens given to each run. */
  readonly runs: number[][] = [];

  constructor(readonly next: (before: readonly number[]) => readonly number[]) {}

  async run(feeds: Tensors): Promise<Tensors> {
    const given = Array.from(feeds['input_ids']?.data as BigInt64Array, Number);
    const isCached = feeds['use_cache_branch']?.data[0] === 1;
    this.runs.push(given);
    if (isCached)
      assert.equal(feeds[`past_key_values.${SOUND}`]?.data[0], 1, 'the keys of the sound are those of the first step');
    const before = isCached ? tokensOf(feeds[`past_key_values.${KEY}`]) : [];
    const scores = new Float32Array(given.length * VOCABULARY);
    given.forEach((_, position) => {
      const ranking = this.next([...before, ...given.slice(0, position + 1)].slice(1));
      ranking.forEach((token, rank) => {
        scores[position * VOCABULARY + token] = 10 - rank;
      });
    });
    return {
      logits: new ort.Tensor('float32', scores, [1, given.length, VOCABULARY]),
      [`present.${KEY}`]: keysOf([...before, ...given]),
      [`present.${SOUND}`]: new ort.Tensor('float32', Float32Array.of(isCached ? 0 : 1), [1, 1, 1, 1]),
    };
  }
}

function keysOf(tokens: readonly number[]) {
  const keys = new Float32Array(HEADS * tokens.length * HEAD_SIZE);
  for (let i = 0; i < keys.length; i++) keys[i] = tokens[Math.trunc(i / HEAD_SIZE) % tokens.length] ?? 0;
  return new ort.Tensor('float32', keys, [1, HEADS, tokens.length, HEAD_SIZE]);
}

function tokensOf(keys: Tensors[string] | undefined): number[] {
  const length = keys?.dims[2] ?? 0;
  const data = [...((keys?.data ?? []) as Float32Array)];
  const tokens = Array.from({ length }, (_, position) => data[position * HEAD_SIZE] ?? 0);
  assert.deepEqual(data, [...keysOf(tokens).data], 'all heads know the same tokens');
  return tokens;
}

/** Writes `text`, whatever comes before, and then ends. */
function writing(text: readonly number[]) {
  return new ScriptedDecoder((before) => [text[before.length] ?? END]);
}

function decoded(
  session: DecoderSession,
  options: { maxTokens?: number; draft?: number[]; signal?: AbortSignal } = {},
) {
  return new MoonshineDecoder(session).decode(hidden, { maxTokens: 20, draft: [], signal: never, ...options });
}

async function decode(...[session, options]: Parameters<typeof decoded>): Promise<number[]> {
  return (await decoded(session, options)).tokens;
}

describe('decoding without a draft', () => {
  it('goes on token by token until the end of the text', async () => {
    const session = writing([5, 6, 7]);
    assert.deepEqual(await decode(session), [5, 6, 7]);
    assert.deepEqual(session.runs, [[START], [5], [6], [7]]);
  });

  it('takes the second best where the text would end before its first token', async () => {
    assert.deepEqual(await decode(new ScriptedDecoder(() => [END, 9])), [9]);
  });

  it('writes no more tokens than allowed, and computes none beyond', async () => {
    const session = writing([5, 6, 7, 8]);
    assert.deepEqual(await decode(session, { maxTokens: 2 }), [5, 6]);
    assert.deepEqual(session.runs, [[START], [5]]);
  });

  it('says how sure it is: less where it would rather have written nothing', async () => {
    const { logProbability: written } = await decoded(writing([5, 6, 7]));
    const { logProbability: forced } = await decoded(new ScriptedDecoder((before) => [END, 9].slice(before.length)));
    assert.ok(written < 0 && forced < written, `${forced} and ${written}`);
    // The first choice has all other tokens against it; what is certain has 0.
    assert.ok(written > -Math.log(VOCABULARY));
  });

  it('takes no further step once aborted', async () => {
    const session = writing([5, 6, 7]);
    await decode(session, { signal: AbortSignal.abort() });
    assert.deepEqual(session.runs, [[START]]);
  });

  it('says what is wrong with a model that is no such decoder', async () => {
    const session: DecoderSession = { inputNames: [], run: async () => ({}) };
    await assert.rejects(decode(session), { reason: 'badModel', message: /"logits".*pressel models verify/ });
  });
});

describe('decoding with a draft', () => {
  it('verifies all of it in one run, and goes on behind it', async () => {
    const session = writing([5, 6, 7, 8, 9]);
    assert.deepEqual(await decode(session, { draft: [5, 6, 7] }), [5, 6, 7, 8, 9]);
    assert.deepEqual(session.runs, [[START], [5, 6, 7], [8], [9]]);
  });

  it('keeps what comes before the first token that it would not have written', async () => {
    const session = writing([5, 6, 7, 8]);
    assert.deepEqual(await decode(session, { draft: [5, 6, 3, 8] }), [5, 6, 7, 8]);
    assert.deepEqual(session.runs, [[START], [5, 6, 3, 8], [7], [8]]);
  });

  it('does not verify one whose first token is wrong', async () => {
    const session = writing([5, 6]);
    assert.deepEqual(await decode(session, { draft: [4, 6] }), [5, 6]);
    assert.deepEqual(session.runs, [[START], [5], [6]]);
  });

  it('ends where the text ends, in the middle of the draft', async () => {
    assert.deepEqual(await decode(writing([5, 6]), { draft: [5, 6, 7, 8] }), [5, 6]);
  });

  it('believes no more of it than may be written', async () => {
    const session = writing([5, 6, 7, 8]);
    assert.deepEqual(await decode(session, { draft: [5, 6, 7, 8], maxTokens: 2 }), [5, 6]);
    assert.deepEqual(session.runs, [[START], [5, 6]]);
  });

  it('does not verify it once aborted', async () => {
    const session = writing([5, 6, 7]);
    await decode(session, { draft: [5, 6], signal: AbortSignal.abort() });
    assert.deepEqual(session.runs, [[START]]);
  });

  it('writes the same as without, whatever the draft', async () => {
    // Each token depends on all before it: a wrong one in the cache changes what follows.
    const session = () =>
      new ScriptedDecoder((before) => {
        const sum = before.reduce((hash, token) => (hash * 5 + token) % 97, 11);
        return [sum % 9 === 0 ? END : 3 + (sum % 3), 3];
      });
    const token = fc.integer({ min: 3, max: 5 });
    const tokenCap = fc.integer({ min: 1, max: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(token, { maxLength: 15 }), fc.nat(12), tokenCap, async (tail, kept, maxTokens) => {
        const expected = await decode(session(), { maxTokens });
        const draft = [...expected.slice(0, kept), ...tail];
        assert.deepEqual(await decode(session(), { maxTokens, draft }), expected);
      }),
    );
  });
});
