import { type StageSpan, stageSpans } from '../../../observability/stageSpans.js';
import type { TimelineReport } from '../../../observability/timeline.js';
import { axisTicks } from '../../view/axisTicks.js';
import { durationInWords } from '../../view/durations.js';

/** The bars of one turn, from the last voiced sample to the first audible one. */
export function Waterfall({ timeline }: { readonly timeline: TimelineReport }) {
  const spans = stageSpans(timeline);
  const { firstAudio, prefill, llmRequest, filler } = timeline;
  const endMs = firstAudio ?? Math.max(0, ...spans.map(({ toMs }) => toMs));
  if (endMs <= 0) return <p class="soft">Nothing was timed in this turn.</p>;
  const readAhead: StageSpan[] =
    prefill === null || llmRequest === null || prefill >= llmRequest
      ? []
      : [{ label: 'question read ahead by the model', to: 'llmRequest', fromMs: prefill, toMs: llmRequest }];
  const shown = [...readAhead, ...spans];
  return (
    <div class="waterfall">
      <h3>
        Where the time went <span class="soft">from your last word</span>
      </h3>
      <ol>
        {shown.map((span) => (
          <Bar key={span.label} span={span} endMs={endMs} isAhead={span === readAhead[0]} />
        ))}
        {firstAudio !== null && (
          <li class="sum">
            <span class="label">time to first audio</span>
            <span class="took">{durationInWords(firstAudio)}</span>
          </li>
        )}
      </ol>
      <div class="axis" aria-hidden="true">
        {axisTicks(endMs).map((ms) => (
          <span key={ms} style={{ left: `${(ms / endMs) * 100}%` }}>
            {ms === 0 ? '0' : durationInWords(ms)}
          </span>
        ))}
      </div>
      {filler !== null && (
        <p class="soft">"One moment" was heard after {durationInWords(filler)}; it does not count.</p>
      )}
    </div>
  );
}

interface BarProps {
  readonly span: StageSpan;
  readonly endMs: number;
  readonly isAhead: boolean;
}

function Bar({ span: { label, to, fromMs, toMs }, endMs, isAhead }: BarProps) {
  const within = (ms: number) => Math.max(0, Math.min(ms, endMs));
  const isDrawn = to !== 'replyEnd';
  return (
    <li>
      <span class="label">{label}</span>
      <span class="track" aria-hidden="true">
        {isDrawn && (
          <span
            class={isAhead ? 'bar ahead' : 'bar'}
            style={{
              left: `${(within(fromMs) / endMs) * 100}%`,
              width: `${((within(toMs) - within(fromMs)) / endMs) * 100}%`,
            }}
          />
        )}
      </span>
      <span class="took">
        {durationInWords(Math.max(0, toMs - fromMs))}
        {fromMs < 0 && <small>begun {durationInWords(-fromMs)} early</small>}
      </span>
    </li>
  );
}
