import type { TurnRow } from '../../protocol.js';
import { durationInWords } from '../../view/durations.js';
import { type HeardChunk, heardReply } from '../../view/heardReply.js';

/** The reply, chunk by chunk: what was heard, what was not, and how much sound was ahead of each. */
export function HeardReply({ turn }: { readonly turn: TurnRow }) {
  const chunks = heardReply(turn);
  const longestMs = Math.max(1, ...chunks.map(({ queuedMs }) => queuedMs ?? 0));
  return (
    <div class="reply">
      <h3>
        Reply as heard <span class="soft">and the sound that was still queued before each part</span>
      </h3>
      <ol>
        {chunks.map((chunk, index) => (
          <li key={index}>
            <p class="chunk">
              <ChunkWords chunk={chunk} />
            </p>
            <span class="queue">
              <span class="track" aria-hidden="true">
                {chunk.queuedMs !== null && (
                  <span class="bar" style={{ width: `${(chunk.queuedMs / longestMs) * 100}%` }} />
                )}
              </span>
              {chunk.queuedMs === null ? 'not played' : durationInWords(chunk.queuedMs)}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function ChunkWords({ chunk }: { readonly chunk: HeardChunk }) {
  const { heard, unheard, heardChars, unheardChars } = chunk;
  if (heard === null || unheard === null) {
    return (
      <>
        {heardChars > 0 && <span class="block" style={{ width: `${heardChars * 0.45}ch` }} />}
        {unheardChars > 0 && <span class="block unheard" style={{ width: `${unheardChars * 0.45}ch` }} />}
        <span class="unseen">
          {heardChars} of {heardChars + unheardChars} characters heard
        </span>
      </>
    );
  }
  return (
    <>
      {heard}
      {unheard !== '' && (
        <s class="unheard">
          <span class="unseen">not heard: </span>
          {unheard}
        </s>
      )}
    </>
  );
}
