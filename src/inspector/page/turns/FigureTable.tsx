import { durationInWords } from '../../view/durations.js';
import type { Figure } from '../../view/stageFigures.js';

/** How long each stage takes for half of the turns, and for 19 of 20. */
export function FigureTable({ figures }: { readonly figures: readonly Figure[] }) {
  const longestMs = Math.max(1, ...figures.filter(({ label }) => label !== 'reply is heard').map(({ p95Ms }) => p95Ms));
  const percent = (ms: number) => `${Math.min(100, (Math.max(0, ms) / longestMs) * 100)}%`;
  return (
    <table class="figures">
      <caption class="unseen">Time to first audio and each stage of a turn</caption>
      <thead>
        <tr>
          <th scope="col">Stage</th>
          <td class="range" />
          <th scope="col">p50</th>
          <th scope="col">p95</th>
        </tr>
      </thead>
      <tbody>
        {figures.map(({ label, p50Ms, p95Ms }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td class="range" aria-hidden="true">
              {label !== 'reply is heard' && (
                <span class="track">
                  <span class="p95" style={{ width: percent(p95Ms) }} />
                  <span class="p50" style={{ width: percent(p50Ms) }} />
                </span>
              )}
            </td>
            <td>{durationInWords(p50Ms)}</td>
            <td>{durationInWords(p95Ms)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
