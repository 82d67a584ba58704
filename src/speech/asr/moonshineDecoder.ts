import type { Tensor } from 'onnxruntime-node';
import { ort } from '../../inference/onnx.js';
import { KeyValueCache, outputOf, type Tensors } from './keyValueCache.js';

const START_OF_TRANSCRIPT = 1;
const END_OF_TEXT = 2;

/** The part of an onnxruntime session that decoding needs. */
export interface DecoderSession {
  readonly inputNames: readonly string[];
  run(feeds: Tensors): Promise<Tensors>;
}

export interface DecodeOptions {
  /** At least 1. */
  readonly maxTokens: number;
  /** Tokens of an earlier transcript of the beginning of the same sound; empty without one. */
  readonly draft: readonly number[];
  /** When aborted, decoding ends after the step that is running, with the tokens so far. */
  readonly signal: AbortSignal;
}

export interface DecodedTokens {
  /** Without start and end. */
  readonly tokens: number[];
  /** Of each choice, the end included: natural logarithm, mean. */
  readonly logProbability: number;
}

/**
 * Greedy decoding with Moonshine's merged decoder. The first token may not be the end of the text: the model ends at
 * once on some clear speech, and the VAD has already said that there are words.
 *
 * A draft is verified, not believed: once the first token has come out as drafted, all of the draft goes through the
 * decoder in one run, and its longest beginning that the decoder would have written itself is kept (greedy
 * speculative decoding: Leviathan et al. 2023, arxiv.org/abs/2211.17192, with an earlier result in place of the draft
 * model). A run over 24 tokens takes about as long as 2 to 3 single steps.
 *
 * The tokens are nearly always those without a draft, not always. The quantised decoder rounds all positions of a run
 * on one scale, so that scores depend a little on what went in together (by 0.3 to 0.7 at most over the vocabulary),
 * and of two tokens that are almost equally likely the other one may win. With each partial transcript of the test
 * recordings as the draft of the next, 188 of 204 recognitions were identical, and recorded people were understood as
 * well (1 error in 128 words either way; see the test). For this reason the start token is not part of the verifying
 * run, which would save about one step: then the scores differ by 0.6 to 1.5, and 178 of 204 were identical.
 */
export class MoonshineDecoder {
  /** @param session `decoder_model_merged.onnx` of Moonshine tiny */
  constructor(readonly session: DecoderSession) {}

  /**
   * @param hidden the encoder's last hidden state, float32 [1, frames, 288]
   * @throws {OperationError} `badModel`
   */
  async decode(hidden: Tensor, { maxTokens, draft, signal }: DecodeOptions): Promise<DecodedTokens> {
    const tokens: number[] = [];
    const logProbabilities: number[] = [];
    const choose = (step: Tensors, position: number, rules?: { readonly mayEnd: boolean }) => {
      const { token, logProbability } = mostLikely(step, position, rules);
      logProbabilities.push(logProbability);
      return token;
    };
    const run = (ids: readonly number[], past: KeyValueCache, isFirst: boolean) =>
      this.session.run({
        input_ids: new ort.Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
        encoder_hidden_states: hidden,
        use_cache_branch: new ort.Tensor('bool', Uint8Array.of(isFirst ? 0 : 1), [1]),
        ...past.tensors,
      });

    const nothing = KeyValueCache.empty(this.session.inputNames);
    const first = await run([START_OF_TRANSCRIPT], nothing, true);
    let cache = nothing.after(first, true);
    let next = choose(first, 0, { mayEnd: false });

    const drafted = draft.slice(0, maxTokens);
    if (drafted[0] === next && !signal.aborted) {
      const verified = await run(drafted, cache, false);
      let accepted = 0;
      do {
        tokens.push(next);
        next = choose(verified, accepted);
        accepted++;
      } while (accepted < drafted.length && drafted[accepted] === next);
      cache = cache.after(verified, false).cutTo(1 + accepted);
    }

    while (next !== END_OF_TEXT && tokens.length < maxTokens) {
      tokens.push(next);
      if (tokens.length === maxTokens || signal.aborted) break;
      const step = await run([next], cache, false);
      cache = cache.after(step, false);
      next = choose(step, 0);
    }
    const logProbability = logProbabilities.reduce((sum, value) => sum + value, 0) / logProbabilities.length;
    return { tokens, logProbability };
  }
}

/** Argmax over the vocabulary of what follows the token at `position` of a run, and its log-softmax. */
function mostLikely(
  step: Tensors,
  position: number,
  { mayEnd } = { mayEnd: true },
): { readonly token: number; readonly logProbability: number } {
  const logits = outputOf(step, 'logits');
  const vocabulary = logits.dims.at(-1) ?? 0;
  const scores = (logits.data as Float32Array).subarray(position * vocabulary, (position + 1) * vocabulary);
  let token = -1;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let id = 0; id < scores.length; id++) {
    const score = scores[id] ?? Number.NEGATIVE_INFINITY;
    if (score > bestScore && (mayEnd || id !== END_OF_TEXT)) {
      bestScore = score;
      token = id;
    }
  }
  let sum = 0;
  for (const score of scores) sum += Math.exp(score - bestScore);
  return { token, logProbability: -Math.log(sum) };
}
